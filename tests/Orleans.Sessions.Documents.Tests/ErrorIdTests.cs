using System.Reflection;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>Documents and comments name errors by ids that exist.</summary>
public sealed partial class ErrorIdTests
{
    /// <summary>Ids of ZITADEL that the service does not have.</summary>
    private static readonly string[] s_foreign = ["AUTHZ-cdgFk"];

    private static readonly HashSet<string> s_ids =
    [
        .. typeof(SessionErrors)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(row => row.FieldType == typeof(SessionError))
            .Select(row => ((SessionError)row.GetValue(null)!).Id)
            .Where(id => id.Length > 0),
    ];

    private static readonly HashSet<string> s_areas = [.. s_ids.Select(AreaOf)];

    [Fact]
    public void An_id_that_a_document_or_a_comment_names_is_that_of_an_error() =>
        Assert.Empty(from text in Texts() from id in Unknown(text.Content) select $"{text.Path}: {id}");

    [Theory]
    [InlineData("Fails with <c>QUERY-Dfbg2</c> and `SESSION-Seq01`.")]
    [InlineData("<c>RFC-6749</c>, `max-age`, `COMMAND-`")]
    public void Known_ids_and_other_words_are_right(string text) => Assert.Empty(Unknown(text));

    [Theory]
    [InlineData("Fails with <c>QUERY-Dfbg3</c>.")]
    [InlineData("403 `SESSION-Seq99`")]
    public void An_unknown_id_is_seen(string text) => Assert.Single(Unknown(text));

    private static IEnumerable<(string Path, string Content)> Texts() =>
        Document.All.Select(document => document.Path).Concat(SourceFiles.In("src", "*.cs")).Select(path => (path, Checkout.Read(path)));

    private static IEnumerable<string> Unknown(string text) =>
        Named()
            .Matches(text)
            .Select(match => match.Groups["id"].Value)
            .Where(id => s_areas.Contains(AreaOf(id)) && !s_ids.Contains(id) && !s_foreign.Contains(id));

    private static string AreaOf(string id) => id.Split('-')[0];

    [GeneratedRegex("(?:<c>|`)(?<id>[A-Za-z0-9]+-[A-Za-z0-9]+)(?:</c>|`)")]
    private static partial Regex Named();
}
