namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The channel of the message.</summary>
internal sealed record WebhookProvider(string Id, string Description);
