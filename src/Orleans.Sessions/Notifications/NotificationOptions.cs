using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using MimeKit;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// How messages are delivered; configuration section <c>Sessions:Notifications</c>. At most one channel each for e-mail and SMS.
/// </summary>
public sealed class NotificationOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Notifications";

    /// <summary>E-mail through an SMTP server.</summary>
    public SmtpOptions? Smtp { get; set; }

    /// <summary>E-mail through a webhook.</summary>
    public WebhookOptions? EmailWebhook { get; set; }

    /// <summary>SMS through a webhook.</summary>
    public WebhookOptions? SmsWebhook { get; set; }

    /// <summary>SMS through Twilio.</summary>
    public TwilioOptions? Twilio { get; set; }

    /// <summary>
    /// For development: channels that are not configured deliver to <c>/debug/outbox</c>, where anyone can read the messages with their
    /// codes. Default <c>false</c>.
    /// </summary>
    public bool ShowAtDebugOutbox { get; set; }

    /// <summary>
    /// Whether people get an e-mail when the ways into their accounts change: password, factors, recovery codes, passkeys, e-mail address
    /// and phone number. Default <c>true</c>; without a channel no notice is sent.
    /// </summary>
    public bool TellChanges { get; set; } = true;

    /// <summary>
    /// The login page that links lead to unless the caller gives a template, such as <c>https://login.example.com/ui/v2/login</c>. Without
    /// it messages contain only the code.
    /// </summary>
    public Uri? LoginUrl { get; set; }

    /// <summary>The language for people without a preferred language, or with one that has no texts. Default <c>en</c>.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>
    /// A folder with texts that replace or extend the built-in ones: <c>en.json</c>, <c>layout.html</c>, <c>button.html</c>.
    /// </summary>
    public string? TextFolder { get; set; }

    /// <summary>How often a node looks for messages that other nodes left. Default one second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum number of e-mails per day (UTC) for all people together; 0 means no limit. Default 100000.</summary>
    public int EmailsPerDay { get; set; } = 100_000;

    /// <summary>
    /// The maximum number of SMS per day (UTC) for all people together; each one costs money. 0 means no limit. Default 10000.
    /// </summary>
    public int SmsPerDay { get; set; } = 10_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(Smtp), Smtp is null || EmailWebhook is null, "and EmailWebhook exclude each other"),
            (nameof(Twilio), Twilio is null || SmsWebhook is null, "and SmsWebhook exclude each other"),
            ("Smtp:Host", Smtp is null || Smtp.Host.Length > 0, "must be set"),
            ("Smtp:Port", Smtp is null || Smtp.Port is > 0 and <= 65535, "must be 1 to 65535"),
            ("Smtp:From", Smtp is null || MailboxAddress.TryParse(Smtp.From, out _), "must be an e-mail address"),
            ("Smtp:ReplyTo", Smtp?.ReplyTo is null || MailboxAddress.TryParse(Smtp.ReplyTo, out _), "must be an e-mail address"),
            ("EmailWebhook:Url", EmailWebhook is null || EmailWebhook.IsSafe, WebhookOptions.Rule),
            ("SmsWebhook:Url", SmsWebhook is null || SmsWebhook.IsSafe, WebhookOptions.Rule),
            ("Twilio:AccountSid", Twilio is null || Twilio.AccountSid.Length > 0, "must be set"),
            ("Twilio:AuthToken", Twilio is null || Twilio.AuthToken.Length > 0, "must be set"),
            ("Twilio:From", Twilio is null || Twilio.From.Length > 0, "must be set"),
            ("Twilio:Api", Twilio is null || IsHttp(Twilio.Api), "must be an absolute http or https URL"),
            (nameof(LoginUrl), LoginUrl is null || IsHttp(LoginUrl), "must be an absolute http or https URL"),
            (nameof(TextFolder), TextFolder is null || System.IO.Directory.Exists(TextFolder), "must be a folder"),
            (nameof(EmailsPerDay), EmailsPerDay >= 0, "must not be negative"),
            (nameof(SmsPerDay), SmsPerDay >= 0, "must not be negative"),
            (nameof(PollInterval), PollInterval >= TimeSpan.FromMilliseconds(100) && PollInterval <= TimeSpan.FromMinutes(1), "must be 0.1 seconds to one minute"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    private static bool IsHttp(Uri? url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}

/// <summary>An SMTP server.</summary>
public sealed class SmtpOptions
{
    /// <summary>Its host.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port. Default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected: <c>StartTls</c> (default), <c>SslOnConnect</c>, <c>Auto</c> or <c>None</c>.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTls;

    /// <summary>The user name for authentication; without it the service does not authenticate.</summary>
    public string? User { get; set; }

    /// <summary>That user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Example &lt;login@example.com&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>The address for replies; without it replies go to the sender.</summary>
    public string? ReplyTo { get; set; }
}

/// <summary>An HTTP endpoint that delivers messages.</summary>
public sealed class WebhookOptions
{
    /// <summary>The URL that messages are posted to.</summary>
    public Uri? Url { get; set; }

    /// <summary>The key for the header <c>ZITADEL-Signature</c>; without it requests are not signed.</summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// Whether messages, with their codes, may be sent there without TLS. Default <c>false</c>: only to the local machine.
    /// </summary>
    public bool AllowHttp { get; set; }

    internal const string Rule = "must be an absolute https URL, or http on this machine or with AllowHttp";

    internal bool IsSafe => Url is { IsAbsoluteUri: true } && (Url.Scheme == Uri.UriSchemeHttps || (Url.Scheme == Uri.UriSchemeHttp && (Url.IsLoopback || AllowHttp)));
}

/// <summary>An account at Twilio.</summary>
public sealed class TwilioOptions
{
    /// <summary>The account's id.</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The sender's number, or the id of a messaging service (<c>MG…</c>).</summary>
    public string From { get; set; } = "";

    /// <summary>The address of the API.</summary>
    public Uri Api { get; set; } = new("https://api.twilio.com");
}
