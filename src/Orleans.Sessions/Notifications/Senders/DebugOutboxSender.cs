namespace Orleans.Sessions.Notifications.Senders;

/// <summary>For development: shows messages instead of delivering them.</summary>
internal sealed class DebugOutboxSender(OtpChannel channel, IGrainFactory grains) : INotificationSender
{
    public OtpChannel Channel => channel;

    public Task SendAsync(Notification notification, CancellationToken cancellationToken) =>
        grains
            .GetGrain<IDebugOutboxGrain>(0)
            .AddAsync(
                new DebugMessage
                {
                    Id = notification.Id,
                    Channel = channel,
                    EventType = notification.Kind.EventType,
                    Recipient = notification.Content.Recipient,
                    UserId = notification.Content.User.Id,
                    Code = notification.Content.Code,
                    Url = notification.Content.Url,
                    Subject = notification.Message.Parts.Subject,
                    Text = notification.Message.Plain,
                    Html = notification.Message.Html,
                }
            );
}
