namespace Orleans.Sessions.Notifications;

/// <summary>
/// A message in the record that causes it. The write of the record adds it to the outbox in the same transaction.
/// </summary>
/// <param name="Kind">The event that causes it.</param>
/// <param name="Id">Its id, by which receivers recognise a repetition.</param>
/// <param name="Content">The encrypted content, base64.</param>
/// <param name="DueAt">The earliest time of delivery.</param>
/// <param name="ExpiresAt">When delivery is no longer useful.</param>
/// <param name="SentEvent">The event of its delivery.</param>
[GenerateSerializer, Immutable, Alias("sessions.OutboxMessage")]
internal sealed record OutboxMessage(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Id,
    [property: Id(2)] string Content,
    [property: Id(3)] DateTimeOffset DueAt,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] string? SentEvent = null
);
