using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Tests.Errors;

/// <summary>The texts of errors in the languages of <c>Accept-Language</c>.</summary>
public sealed partial class ErrorTextTests
{
    private static readonly List<SessionError> s_rows =
    [
        .. typeof(SessionErrors)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(row => row.FieldType == typeof(SessionError))
            .Select(row => (SessionError)row.GetValue(null)!),
    ];

    [Fact]
    public void Every_error_has_a_German_text()
    {
        var missing = s_rows.Where(row => !GermanTexts.All.ContainsKey(row.Text)).Select(row => row.Message).ToList();
        Assert.True(missing.Count == 0, $"GermanTexts.cs has no text for: {string.Join("; ", missing)}");
        Assert.Empty(GermanTexts.All.Keys.Except(s_rows.Select(row => row.Text)));
    }

    [Fact]
    public void A_German_text_has_the_fields_and_placeholders_of_the_English_one()
    {
        foreach (var (english, german) in GermanTexts.All)
        {
            Assert.Equal(Fixed(english), Fixed(german));
        }
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("de", "de")]
    [InlineData("de-CH, en;q=0.5", "de")]
    [InlineData("en;q=0.5, DE-at;q=0.8", "de")]
    [InlineData("fr, en;q=0.2, de;q=0.1", "en")]
    [InlineData("fr", "en")]
    [InlineData("de;q=0", "en")]
    [InlineData("*", "en")]
    [InlineData("§", "en")]
    public void The_preferred_language_that_is_known_counts(string? header, string language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = header;
        Assert.Equal(language, ErrorTexts.Of(http.Request).Language);
    }

    [Fact]
    public async Task The_text_is_in_the_language_and_the_id_is_the_same()
    {
        await using var server = await GatewayServer.StartAsync(_ => throw new SessionException(SessionErrors.SessionNotFound));
        using var client = server.Http();
        client.DefaultRequestHeaders.Add("Accept-Language", "de-DE,de;q=0.9");
        foreach (var path in new[] { "/v2/sessions/1", "/v2/sessions/1?sessionToken=%2B" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("Die Sitzung gibt es nicht (QUERY-SFeaa)", text, StringComparison.Ordinal);
            Assert.Contains("\"message\":\"Die Sitzung gibt es nicht\"", text, StringComparison.Ordinal);
            Assert.Equal("de", response.Content.Headers.ContentLanguage.Single());
        }
    }

    /// <summary>What must not be translated: placeholders, the name of a field before a colon, and words of protocols.</summary>
    private static IEnumerable<string> Fixed(string text) => FixedParts().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{[^}]*\}|^[a-z][\w, ]*:|\b[a-z]+[A-Z]\w*\b|\bacr \w+\b|\b\w+-(Key|Sequence)\b|IAM_OWNER|RFC \d+|\b\d+\b")]
    private static partial Regex FixedParts();
}
