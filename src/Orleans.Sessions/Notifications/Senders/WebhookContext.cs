namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The event and recipient of the message.</summary>
internal sealed record WebhookContext(
    string EventType,
    WebhookProvider Provider,
    string? RecipientEmailAddress,
    string? RecipientPhoneNumber
);
