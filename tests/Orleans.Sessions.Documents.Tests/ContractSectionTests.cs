using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>Comments name sections of the contract that exist.</summary>
public sealed partial class ContractSectionTests
{
    private static readonly HashSet<string> s_sections =
    [
        .. Heading().Matches(Checkout.Read("src/Orleans.Sessions.Protocol/README.md")).Select(match => match.Groups["number"].Value),
    ];

    [Fact]
    public void A_section_that_a_comment_names_is_in_the_contract()
    {
        var named = (
            from path in SourceFiles.In("src", "*.cs").Concat(SourceFiles.In("tests", "*.cs"))
            from number in Named(Checkout.Read(path))
            select (path, number)
        ).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, place => !s_sections.Contains(place.number));
    }

    [Theory]
    [InlineData("/// The order of checks (contract §3.1).", "3.1")]
    [InlineData("// See contract §11.2. It says more.", "11.2")]
    [InlineData("/// RFC 9207 §2.4", null)]
    public void A_section_is_seen(string comment, string? expected) => Assert.Equal(expected, Named(comment).SingleOrDefault());

    private static IEnumerable<string> Named(string text) => Reference().Matches(text).Select(match => match.Groups["number"].Value);

    [GeneratedRegex(@"^#+ (?<number>\d+(?:\.\d+)?)\.? ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\bcontract §(?<number>\d+(?:\.\d+)?)")]
    private static partial Regex Reference();
}
