using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Settings;

namespace Orleans.Sessions.Gateway.Tests.Settings;

/// <summary>The texts of login pages as they are read, limited and put together.</summary>
public sealed class LoginTextTests
{
    public static TheoryData<string, string> Bad =>
        new()
        {
            { """{"a":1}""", "SETTINGS-Text1" },
            { """{"a":{"b":[]}}""", "SETTINGS-Text1" },
            { """{"a":null}""", "SETTINGS-Text1" },
            { """{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":"too deep"}}}}}}}}}""", "SETTINGS-Text1" },
            { $$"""{"a":"{{new string('x', 64 * 1024)}}"}""", "SETTINGS-Text1" },
            { """{"a":"\u0000"}""", "SESSION-Text1" },
            { """{"a\u0000":"b"}""", "SESSION-Text1" },
        };

    [Theory, MemberData(nameof(Bad))]
    public void What_is_no_text_or_too_much_is_refused(string json, string id)
    {
        var exception = Assert.Throws<SessionException>(() => LoginTexts.Of(Struct.Parser.ParseJson(json)));
        Assert.Equal(id, exception.Error.Id);
    }

    [Fact]
    public void Eight_levels_of_objects_are_not_too_deep() =>
        LoginTexts.Of(Struct.Parser.ParseJson("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":"deep"}}}}}}}}"""));

    [Fact]
    public void A_later_level_wins_and_the_rest_stays()
    {
        var all = LoginTexts.Merge(["""{"b":{"x":"1","y":"2"},"a":"first"}""", """{"b":{"y":"3"},"c":"ü"}"""]);
        Assert.Equal("""{"a":"first","b":{"x":"1","y":"3"},"c":"ü"}""", LoginTexts.Json(all));
    }

    [Fact]
    public void The_tag_depends_on_the_texts_and_not_on_their_order()
    {
        var one = LoginTexts.ETag(LoginTexts.Of(Struct.Parser.ParseJson("""{"a":"1","b":{"c":"2"}}""")));
        Assert.Equal(32, one.Length);
        Assert.Equal(one, LoginTexts.ETag(LoginTexts.Of(Struct.Parser.ParseJson("""{"b":{"c":"2"},"a":"1"}"""))));
        Assert.Equal(one, LoginTexts.ETag(LoginTexts.Merge(["""{"b":{"c":"2"},"a":"1"}"""])));
        Assert.NotEqual(one, LoginTexts.ETag(LoginTexts.Of(Struct.Parser.ParseJson("""{"a":"1","b":{"c":"3"}}"""))));
    }

    [Theory]
    [InlineData("de", false, "de")]
    [InlineData("de-CH", false, "de", "de-ch")]
    [InlineData("de-CH", true, "de-ch")]
    [InlineData("zh-Hant-TW", false, "zh", "zh-hant", "zh-hant-tw")]
    [InlineData("zh-Hant-TW", true, "zh-hant-tw")]
    [InlineData("de-DE-u-co-phonebk", false, "de", "de-de", "de-de-u-co", "de-de-u-co-phonebk")]
    public void A_region_builds_on_its_language(string locale, bool exactly, params string[] expected) =>
        Assert.Equal(expected, LoginTexts.Locales(locale, exactly));

    [Theory]
    [InlineData("d")]
    [InlineData("d1")]
    [InlineData("german")]
    [InlineData("de-")]
    [InlineData("de_CH")]
    [InlineData("de-abcdefghi")]
    [InlineData("../")]
    public void What_is_no_language_is_refused(string locale)
    {
        var exception = Assert.Throws<SessionException>(() => LoginTexts.Locales(locale, exactly: false));
        Assert.Equal(SessionErrors.LocaleInvalid, exception.Error);
    }
}
