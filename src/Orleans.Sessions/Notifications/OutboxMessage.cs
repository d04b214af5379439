namespace Orleans.Sessions.Notifications;

/// <summary>
/// A message as the record that causes it carries it to the database, which appends it to the table of messages to deliver in the same
/// transaction. The names of the properties are what the database reads.
/// </summary>
/// <param name="Kind">The event that causes it.</param>
/// <param name="Id">Its id: whoever gets it twice can tell by it.</param>
/// <param name="Content">The encrypted content, base64.</param>
/// <param name="DueAt">From when on it is to be delivered.</param>
/// <param name="ExpiresAt">When delivering it makes no sense any more.</param>
/// <param name="SentEvent">The event that its delivery is.</param>
[GenerateSerializer, Immutable, Alias("sessions.OutboxMessage")]
public sealed record OutboxMessage(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Id,
    [property: Id(2)] string Content,
    [property: Id(3)] DateTimeOffset DueAt,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] string? SentEvent = null);
