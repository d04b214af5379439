using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Notifications;

namespace Orleans.Sessions.Tests.Notifications;

/// <summary>Message texts are in the user's language, safe in HTML, and can be replaced by files.</summary>
public sealed class RenderingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("texts-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("de", "Ihr Anmeldecode")]
    [InlineData("de-CH", "Ihr Anmeldecode")]
    [InlineData("en-GB", "Your login code")]
    [InlineData("und", "Your login code")]
    [InlineData("", "Your login code")]
    [InlineData("../de", "Your login code")]
    public void The_language_that_comes_closest_is_used(string language, string subject) =>
        Assert.Equal(subject, Render(NotificationKind.OtpEmail, language: language).Parts.Subject);

    [Fact]
    public void Every_message_has_texts_in_both_languages()
    {
        foreach (var language in new[] { "en", "de" })
        {
            foreach (var kind in NotificationKind.All)
            {
                var rendered = Render(kind, language: language);
                Assert.Equal(language, rendered.Language);
                Assert.Equal(!kind.IsNotice, rendered.Plain.Contains("C0DE42", StringComparison.Ordinal));
                Assert.DoesNotContain("{{", rendered.Plain + rendered.Html + rendered.Parts.Subject, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Names_and_links_are_escaped_in_html_and_plain_in_text()
    {
        var rendered = Render(NotificationKind.VerifyEmail, name: "<b>\"A&B\"</b>", url: "https://a.example/?a=1&b=\"><script>");

        Assert.DoesNotContain("<b>", rendered.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://a.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;\"", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("<b>\"A&B\"</b>", rendered.Plain, StringComparison.Ordinal);
        Assert.Contains("https://a.example/?a=1&b=\"><script>", rendered.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_with_braces_is_no_placeholder() =>
        Assert.Contains("{{.Code}} {{", Render(NotificationKind.VerifyEmail, name: "{{.Code}} {{").Html, StringComparison.Ordinal);

    [Fact]
    public void Without_a_link_there_is_no_button() =>
        Assert.DoesNotContain("<a ", Render(NotificationKind.VerifyEmail).Html, StringComparison.Ordinal);

    [Fact]
    public void An_sms_tells_browsers_where_the_code_belongs()
    {
        var options = new NotificationOptions { LoginUrl = new Uri("https://login.example.com/ui/v2/login") };
        Assert.EndsWith("\n@login.example.com #C0DE42", Render(NotificationKind.OtpSms, options: options).Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "a way to log in as ada was added at 2025-12-31 23:59 UTC: authenticator app.", "If this was not you")]
    [InlineData("de", "für ada kam eine Anmeldemöglichkeit hinzu, am 2025-12-31 23:59 UTC: Authenticator-App.", "Wenn Sie das nicht waren")]
    public void A_notice_says_what_has_changed_when_and_what_to_do(string language, string text, string footer)
    {
        var rendered = Render(NotificationKind.FactorAdded, language: language);
        Assert.Contains(text, rendered.Plain, StringComparison.Ordinal);
        Assert.StartsWith(footer, rendered.Footer, StringComparison.Ordinal);
        Assert.Contains(footer, rendered.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "your user name was changed at 2025-12-31 23:59 UTC from countess to ada. You log in with the new one.")]
    [InlineData("de", "Ihr Anmeldename wurde geändert, am 2025-12-31 23:59 UTC: Er war countess und ist jetzt ada.")]
    public void A_notice_of_another_user_name_has_both(string language, string text) =>
        Assert.Contains(text, Render(NotificationKind.UserNameChanged, language: language).Plain, StringComparison.Ordinal);

    [Fact]
    public void Files_replace_single_texts_and_add_languages()
    {
        File.WriteAllText(
            Path.Combine(_folder, "en.json"),
            """{"messages":{"VerifyEmail":{"subject":"Mine {{ .Code }}","text":"{{.Code}}"}}}"""
        );
        File.WriteAllText(
            Path.Combine(_folder, "fr.json"),
            """{"footer":"Fin","messages":{"VerifyEmail":{"subject":"Le code","text":"{{.Code}}"}}}"""
        );
        File.WriteAllText(Path.Combine(_folder, "layout.html"), "<p>{{.Text}}</p>");

        Assert.Equal("Mine C0DE42", Render(NotificationKind.VerifyEmail, folder: _folder).Parts.Subject);
        Assert.Equal("<p>C0DE42</p>", Render(NotificationKind.VerifyEmail, folder: _folder).Html);
        Assert.Equal("Your login code", Render(NotificationKind.OtpEmail, folder: _folder).Parts.Subject);
        Assert.Equal(
            ("Le code", "Fin"),
            (
                Render(NotificationKind.VerifyEmail, "fr", folder: _folder).Parts.Subject,
                Render(NotificationKind.VerifyEmail, "fr", folder: _folder).Footer
            )
        );
        Assert.Equal("en", Render(NotificationKind.OtpEmail, "fr", folder: _folder).Language);
    }

    [Theory]
    [InlineData("en.json", "nonsense")]
    [InlineData("en.json", """{"messages":{"VerifyEmail":{"text":"{{.Password}}"}}}""")]
    [InlineData("layout.html", "{{.Text")]
    public void A_wrong_file_is_named_at_the_start(string file, string content)
    {
        File.WriteAllText(Path.Combine(_folder, file), content);
        var exception = Assert.Throws<InvalidOperationException>(() => Render(NotificationKind.VerifyEmail, folder: _folder));
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    private RenderedMessage Render(
        NotificationKind kind,
        string language = "en",
        string name = "Ada",
        string? url = null,
        string? folder = null,
        NotificationOptions? options = null
    )
    {
        var settings = Options.Create(options ?? new NotificationOptions { TextFolder = folder });
        var isSms = kind == NotificationKind.OtpSms || kind == NotificationKind.VerifyPhone;
        return new NotificationRenderer(new NotificationTexts(settings), settings, _clock).Render(
            kind,
            new NotificationContent
            {
                Channel = isSms ? OtpChannel.Sms : OtpChannel.Email,
                Recipient = "ada@example.com",
                Code = "C0DE42",
                ExpiresAt = _clock.GetUtcNow().AddMinutes(5),
                Url = url,
                FormerLoginName = kind == NotificationKind.UserNameChanged ? "countess" : null,
                Factor = kind == NotificationKind.FactorAdded ? "totp" : null,
                User = new NotificationUser
                {
                    Id = "1",
                    LoginName = "ada",
                    DisplayName = name,
                    PreferredLanguage = language,
                    ChangedAt = _clock.GetUtcNow().AddSeconds(-1),
                },
            }
        );
    }
}
