using MailKit.Security;
using MimeKit;

namespace Orleans.Sessions.Notifications;

/// <summary>An SMTP server.</summary>
public sealed class SmtpOptions
{
    /// <summary>The host.</summary>
    public string Host { get; set; } = "";

    /// <summary>The port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTls;

    /// <summary>The user to authenticate as. None: without authentication.</summary>
    public string? User { get; set; }

    /// <summary>That user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Example &lt;login@example.com&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Where answers go. None: to the sender.</summary>
    public string? ReplyTo { get; set; }
}
