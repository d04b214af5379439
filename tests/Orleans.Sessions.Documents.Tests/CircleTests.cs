using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>
/// Which folders of a project know each other. A pair that is not in these lists is a circle that nobody meant: move a type, so that one
/// folder knows the other. A pair that is gone leaves its list.
/// </summary>
public sealed partial class CircleTests
{
    private static readonly string[] s_grains =
    [
        // A factor is a row of the table, a check of a session, and something that a user has.
        "Factors IdentityProviders",
        "Factors Otp",
        "Factors Passwords",
        "Factors RecoveryCodes",
        "Factors Sessions",
        "Factors Totp",
        "Factors Users",
        "Factors WebAuthn",
        "IdentityProviders Users",
        "Lockout Users",
        "Otp Sessions",
        "Otp Users",
        "Passwords Sessions",
        "Passwords Users",
        "RecoveryCodes Users",
        "Sessions Users",
        "Sessions WebAuthn",
        "Totp Users",
        "Users WebAuthn",
        // A session's tokens carry its level and its proofs.
        "Sessions Tokens",
        // A session shows the levels that a page could still reach.
        "Logins Sessions",
        // Grains that ask each other.
        "Expiry Sessions",
        "Organizations Projects",
        "Organizations Users",
    ];

    private static readonly string[] s_gateway =
    [
        // The pipeline of calls names the answers to calls of the first API, whose messages have times like all others.
        "Calls FirstApi",
        // The pipeline names the fields that were ignored; JSON has bodies and limits like other formats.
        "Calls Json",
        // One section of the configuration has the page of the login.
        "Logins Oidc",
        // Discovery tells the policies and languages of the login page; the configuration of OpenID Connect can pin its address.
        "Oidc Settings",
    ];

    [Fact]
    public void The_folders_of_the_grains_know_each_other_only_where_listed() =>
        Assert.Equal(s_grains.Order(StringComparer.Ordinal), Circles("Orleans.Sessions"));

    [Fact]
    public void The_folders_of_the_gateway_know_each_other_only_where_listed() =>
        Assert.Equal(s_gateway.Order(StringComparer.Ordinal), Circles("Orleans.Sessions.Gateway"));

    [Fact]
    public void A_circle_is_seen()
    {
        Source[] sources =
        [
            new("A", "using X.B;\nnamespace X.A;\nclass One { Two two; }"),
            new("B", "using X.A;\nnamespace X.B;\nrecord Two(One One);"),
            new("C", "using X.A;\n// One\nclass Three;"),
        ];

        Assert.Equal(["A B"], Circles("X", sources));
    }

    private static IEnumerable<string> Circles(string project) =>
        Circles(
            project,
            [
                .. from path in SourceFiles.In($"src/{project}", "*.cs")
                let parts = path.Split('/')
                where parts.Length > 3
                select new Source(parts[2], Checkout.Read(path)),
            ]
        );

    /// <summary>The pairs of folders in which each names a type of the other.</summary>
    private static IEnumerable<string> Circles(string project, Source[] sources)
    {
        var types = sources
            .GroupBy(source => source.Folder)
            .ToDictionary(folder => folder.Key, folder => folder.SelectMany(source => source.Types).ToHashSet());
        var known = (
            from source in sources
            from other in source.Imports(project)
            where other != source.Folder && types.ContainsKey(other)
            where types[other].Except(types[source.Folder]).Any(source.Words.Contains)
            select (source.Folder, Other: other)
        ).ToHashSet();
        return known
            .Where(pair => string.CompareOrdinal(pair.Folder, pair.Other) < 0 && known.Contains((pair.Other, pair.Folder)))
            .Select(pair => $"{pair.Folder} {pair.Other}")
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) +(?:class +|struct +)?(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    /// <summary>A file of a folder.</summary>
    private sealed class Source
    {
        private readonly IReadOnlyList<string> _usings;

        public Source(string folder, string text)
        {
            var code = Using().Replace(Comment().Replace(text, ""), "");
            Folder = folder;
            _usings = [.. Using().Matches(text).Select(match => match.Groups["name"].Value)];
            Types = [.. Declaration().Matches(code).Select(match => match.Groups["name"].Value)];
            Words = [.. Word().Matches(code).Select(match => match.Value)];
        }

        public string Folder { get; }

        public IReadOnlyList<string> Types { get; }

        public HashSet<string> Words { get; }

        /// <summary>The folders of the project whose names this file imports.</summary>
        public IEnumerable<string> Imports(string project) =>
            _usings
                .Where(name => name.StartsWith($"{project}.", StringComparison.Ordinal))
                .Select(name => name[(project.Length + 1)..].Split('.')[0])
                .Distinct();
    }
}
