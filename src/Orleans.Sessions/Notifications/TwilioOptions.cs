using MailKit.Security;
using MimeKit;

namespace Orleans.Sessions.Notifications;

/// <summary>An account at Twilio.</summary>
public sealed class TwilioOptions
{
    /// <summary>The account's id.</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>Its secret.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The sender: a number, or a messaging service (<c>MG…</c>).</summary>
    public string From { get; set; } = "";

    /// <summary>The address of the API.</summary>
    public Uri Api { get; set; } = new("https://api.twilio.com");
}
