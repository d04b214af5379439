namespace Orleans.Sessions.Notifications;

/// <summary>One way of delivering messages: an SMTP server, a webhook, Twilio, or the page for development.</summary>
internal interface INotificationSender
{
    /// <summary>What it delivers.</summary>
    OtpChannel Channel { get; }

    /// <summary>
    /// Delivers a message and returns once it was accepted. Any exception means that it may be tried again, but for
    /// <see cref="UndeliverableException"/>.
    /// </summary>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);
}

/// <summary>A message on its way.</summary>
/// <param name="Id">Its id, the same at every attempt.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Content">What it is made of.</param>
/// <param name="Message">What people get to see.</param>
internal sealed record Notification(string Id, NotificationKind Kind, NotificationContent Content, RenderedMessage Message);

/// <summary>The message was refused for good: its recipient does not exist, for instance.</summary>
internal sealed class UndeliverableException(string message, Exception? cause = null) : Exception(message, cause);
