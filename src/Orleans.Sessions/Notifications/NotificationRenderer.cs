using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Notifications;

/// <summary>Inserts values into texts. In HTML all values are escaped.</summary>
internal sealed class NotificationRenderer(NotificationTexts texts, IOptions<NotificationOptions> options, TimeProvider clock)
{
    public RenderedMessage Render(NotificationKind kind, NotificationContent content)
    {
        var (language, message, footer) = texts.For(kind.Text, content.User.PreferredLanguage);
        var minutes = Math.Max(1, Math.Ceiling((content.ExpiresAt - clock.GetUtcNow()).TotalMinutes));
        var values = new Dictionary<string, string>
        {
            ["Code"] = content.Code,
            ["DisplayName"] = content.User.DisplayName,
            ["LoginName"] = content.User.LoginName,
            ["FormerLoginName"] = content.FormerLoginName ?? "",
            ["Minutes"] = minutes.ToString(CultureInfo.InvariantCulture),
            ["Application"] = content.ApplicationName ?? options.Value.LoginUrl?.Host ?? "",
            ["Url"] = content.Url ?? "",
            ["Factor"] = content.Factor is { } factor ? texts.Factor(factor, language) : "",
            ["Time"] = content.User.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        };
        var parts = new MessageTexts
        {
            Title = Fill(message.Title, values),
            PreHeader = Fill(message.PreHeader, values),
            Subject = Fill(message.Subject, values),
            Greeting = Fill(message.Greeting, values),
            Text = Fill(message.Text, values),
            ButtonText = Fill(message.ButtonText, values),
        };
        return content.Channel == OtpChannel.Sms
            ? new RenderedMessage(language, parts, footer, Sms(parts.Text, content.Code), "")
            : new RenderedMessage(language, parts, footer, Plain(parts, content.Url, footer), Html(language, parts, content.Url, footer));
    }

    private static string Fill(string text, Dictionary<string, string> values) =>
        PlaceholderTemplate.Parse(text, NotificationTexts.Fields).Render(values, value => value);

    /// <summary>The last line lets browsers fill in the code on the login page (WebOTP).</summary>
    private string Sms(string text, string code) =>
        code.Length > 0 && options.Value.LoginUrl is { } login ? $"{text}\n\n@{login.Host} #{code}" : text;

    private static string Plain(MessageTexts parts, string? url, string footer) =>
        string.Join("\n\n", new[] { parts.Greeting, parts.Text, url ?? "", footer }.Where(part => part.Length > 0)) + "\n";

    private string Html(string language, MessageTexts parts, string? url, string footer)
    {
        Func<string, string> encode = HtmlEncoder.Default.Encode;
        var button = url is null
            ? ""
            : texts.Button.Render(new Dictionary<string, string> { ["Url"] = url, ["ButtonText"] = parts.ButtonText }, encode);
        return texts.Layout.Render(
            new Dictionary<string, string>
            {
                ["Language"] = encode(language),
                ["Title"] = encode(parts.Title),
                ["PreHeader"] = encode(parts.PreHeader),
                ["Greeting"] = encode(parts.Greeting),
                ["Text"] = string.Join("<br>", parts.Text.Split('\n').Select(encode)),
                ["Button"] = button,
                ["Footer"] = encode(footer),
            },
            value => value
        );
    }
}
