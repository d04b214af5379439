using MailKit.Security;
using MimeKit;

namespace Orleans.Sessions.Notifications;

/// <summary>An HTTP endpoint that delivers messages.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where messages are posted, by https, or by http on this machine.</summary>
    public Uri? Url { get; set; }

    /// <summary>The key of the header <c>ZITADEL-Signature</c>. None: requests are not signed.</summary>
    public string? SigningKey { get; set; }

    /// <summary>Whether messages, with their codes, may go to another machine without TLS.</summary>
    public bool AllowHttp { get; set; }

    internal const string Rule = "must be an absolute https URL, or http on this machine or with AllowHttp";

    internal bool IsSafe =>
        Url is { IsAbsoluteUri: true }
        && (Url.Scheme == Uri.UriSchemeHttps || (Url.Scheme == Uri.UriSchemeHttp && (Url.IsLoopback || AllowHttp)));
}
