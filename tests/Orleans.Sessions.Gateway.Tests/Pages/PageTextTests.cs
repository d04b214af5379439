using System.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Pages;

namespace Orleans.Sessions.Gateway.Tests.Pages;

/// <summary>The sentences that people read where no page of a login frontend can be shown.</summary>
public sealed class PageTextTests
{
    [Fact]
    public void Every_sentence_is_there_in_german() =>
        Assert.All(
            typeof(PageTexts)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => field.IsLiteral)
                .Select(field => (string)field.GetRawConstantValue()!),
            text => Assert.NotEqual(text, PageTexts.In("de", text))
        );

    [Theory]
    [InlineData("", "", "en")]
    [InlineData("", "de-CH,fr;q=0.5", "de")]
    [InlineData("?ui_locales=de-AT", "en", "de")]
    [InlineData("?ui_locales=fr%20en", "de", "en")]
    [InlineData("?ui_locales=fr", "de", "de")]
    public void The_language_is_that_of_the_request_before_that_of_the_browser(string query, string browser, string language)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        request.Headers.AcceptLanguage = browser;

        Assert.Equal(language, PageTexts.LanguageOf(request));
    }
}
