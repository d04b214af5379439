using Orleans.Sessions.Logins;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Sessions;

/// <summary>What the database must know about a session.</summary>
internal static class SessionProjection
{
    public static Projection Of(SessionRecord? before, SessionRecord after) =>
        new(
            new SessionColumns
            {
                UserId = after.UserId,
                OrganizationId = after.OrganizationId,
                CreatorId = after.CreatorId,
                FingerprintId = after.FingerprintId,
                CreatedAt = after.CreatedAt,
                ExpiresAt = after.ExpiresAt,
                EndedAt = after.EndedAt,
                ExpiryPublishedAt = after.ExpiryPublishedAt,
                UserEpoch = after.UserEpoch,
            },
            [.. Happened(before, after), .. MessageEffects.Of(before?.Outbox, after.Outbox, after.Id, after.UserId)]
        );

    private static IEnumerable<StateEffect> Happened(SessionRecord? before, SessionRecord after)
    {
        // A record that keeps the events of the change before it has none of its own.
        if (after.Events is not { } events || events == before?.Events)
        {
            yield break;
        }

        foreach (var happened in events)
        {
            yield return new SessionHappened(
                after.Id,
                after.UserId,
                after.Sequence,
                happened.Type,
                happened.Reason.ToString(),
                happened.At
            );
            if (!SessionEvent.IsEnd(happened.Type))
            {
                continue;
            }

            // Only a session with a user can have logged in anywhere, or have been sent a code.
            if (after.UserId is not null)
            {
                var samlUntil = happened.At + BrowserLogout.Lifetime;
                yield return new LoginsEnded(after.Id, happened.Reason.ToString(), happened.At, samlUntil);
                yield return new MessagesDropped();
            }
        }
    }
}
