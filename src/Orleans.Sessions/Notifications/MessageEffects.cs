using System.Collections.Immutable;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Notifications;

/// <summary>The messages of a change, for the outbox.</summary>
internal static class MessageEffects
{
    /// <summary>
    /// The messages that <paramref name="after"/> has and <paramref name="before"/> does not have. A record that still holds the messages
    /// of the change before it does not send them again.
    /// </summary>
    public static IEnumerable<StateEffect> Of(
        ImmutableArray<OutboxMessage>? before,
        ImmutableArray<OutboxMessage>? after,
        string? sessionId,
        string? userId
    ) =>
        from message in after ?? []
        where before is not { } sent || !sent.Any(one => one.Id == message.Id)
        select new MessageQueued(
            message.Kind,
            message.Id,
            message.Content,
            message.SentEvent,
            sessionId,
            userId,
            message.DueAt,
            message.ExpiresAt
        );
}
