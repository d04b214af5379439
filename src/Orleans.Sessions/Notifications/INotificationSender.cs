namespace Orleans.Sessions.Notifications;

/// <summary>One way of delivering messages: an SMTP server, a webhook, Twilio, or the page for development.</summary>
internal interface INotificationSender
{
    /// <summary>The channel of its messages.</summary>
    OtpChannel Channel { get; }

    /// <summary>
    /// Delivers a message and returns once it was accepted. Any exception except <see cref="UndeliverableException"/> means that delivery
    /// may be tried again.
    /// </summary>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);
}

/// <summary>A message on its way.</summary>
/// <param name="Id">Its id, the same for every attempt.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Content">Its content.</param>
/// <param name="Message">The texts for the person.</param>
internal sealed record Notification(string Id, NotificationKind Kind, NotificationContent Content, RenderedMessage Message);

/// <summary>The message was refused permanently, for instance because its recipient does not exist.</summary>
internal sealed class UndeliverableException(string message, Exception? cause = null) : Exception(message, cause);
