namespace Orleans.Sessions.Notifications;

/// <summary>How messages of a channel leave this service.</summary>
internal enum Delivery
{
    /// <summary>They do not: what needs a message is refused.</summary>
    None,

    /// <summary>By SMTP or Twilio.</summary>
    Direct,

    /// <summary>By a webhook.</summary>
    Webhook,

    /// <summary>They are shown at <c>/debug/outbox</c>.</summary>
    DebugOutbox,
}
