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
