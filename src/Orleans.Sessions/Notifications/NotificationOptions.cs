using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using MimeKit;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// How messages get to people; configuration section <c>Sessions:Notifications</c>. There is at most one channel each for e-mail and SMS.
/// </summary>
public sealed class NotificationOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Notifications";

    /// <summary>E-mail by SMTP.</summary>
    public SmtpOptions? Smtp { get; set; }

    /// <summary>
    /// E-mail by a webhook with ZITADEL's body and <c>ZITADEL-Signature</c>; <c>Idempotency-Key</c> is the same at every attempt.
    /// </summary>
    public WebhookOptions? EmailWebhook { get; set; }

    /// <summary>SMS by such a webhook.</summary>
    public WebhookOptions? SmsWebhook { get; set; }

    /// <summary>SMS by Twilio.</summary>
    public TwilioOptions? Twilio { get; set; }

    /// <summary>
    /// For development only: channels that are not configured show their messages, codes included, at <c>/debug/outbox</c> to anybody.
    /// </summary>
    public bool ShowAtDebugOutbox { get; set; }

    /// <summary>
    /// Whether people are told by e-mail, at the old and the new address, of changes of their password, factors, recovery codes, passkeys,
    /// address and number. Without a channel for e-mail nobody is told.
    /// </summary>
    public bool TellChanges { get; set; } = true;

    /// <summary>
    /// The login page to which default links lead, such as <c>https://login.example.com/ui/v2/login</c>. None: messages carry the code
    /// only.
    /// </summary>
    public Uri? LoginUrl { get; set; }

    /// <summary>The language of people who have none, or one without texts.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>
    /// A folder with texts that replace or add to those of the service (<c>Notifications/Texts</c>): <c>en.json</c>, <c>de.json</c>, any
    /// other language, <c>layout.html</c>, <c>button.html</c>.
    /// </summary>
    public string? TextFolder { get; set; }

    /// <summary>How often a node looks for messages that another one left: 0.1 seconds to one minute.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many e-mails all people together get in a day (UTC), on all nodes; then 429 (<c>SESSION-Day02</c>) until midnight. 0: no limit.
    /// </summary>
    public int EmailsPerDay { get; set; } = 100_000;

    /// <summary>The same for SMS. An SMS costs money: set what you want to pay at most.</summary>
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
            (nameof(TextFolder), TextFolder is null || Directory.Exists(TextFolder), "must be a folder"),
            (nameof(EmailsPerDay), EmailsPerDay >= 0, "must not be negative"),
            (nameof(SmsPerDay), SmsPerDay >= 0, "must not be negative"),
            (
                nameof(PollInterval),
                PollInterval >= TimeSpan.FromMilliseconds(100) && PollInterval <= TimeSpan.FromMinutes(1),
                "must be 0.1 seconds to one minute"
            ),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    /// <summary>How messages of a channel leave this service.</summary>
    internal Delivery DeliveryOf(OtpChannel channel) =>
        (channel == OtpChannel.Email ? Smtp is not null : Twilio is not null) ? Delivery.Direct
        : WebhookOf(channel) is not null ? Delivery.Webhook
        : ShowAtDebugOutbox ? Delivery.DebugOutbox
        : Delivery.None;

    /// <summary>The webhook of a channel.</summary>
    internal WebhookOptions? WebhookOf(OtpChannel channel) => channel == OtpChannel.Email ? EmailWebhook : SmsWebhook;

    private static bool IsHttp(Uri? url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
