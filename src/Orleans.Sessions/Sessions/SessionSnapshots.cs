using System.Collections.Immutable;

namespace Orleans.Sessions.Sessions;

/// <summary>A stored session as watchers see it.</summary>
internal static class SessionSnapshots
{
    /// <summary>The session as it is at <paramref name="now"/>.</summary>
    public static SessionSnapshot Of(SessionRecord session, DateTimeOffset now)
    {
        var state = SessionRules.StateOf(session, now);
        return new SessionSnapshot
        {
            SessionId = session.Id,
            UserId = session.UserId,
            Sequence = session.Sequence,
            State = state,
            Factors = Factors(session),
            At = state == SessionState.Expired ? session.ExpiresAt!.Value : session.EndedAt ?? session.ChangedAt,
        };
    }

    private static ImmutableDictionary<ProvedFactor, DateTimeOffset> Factors(SessionRecord session)
    {
        var factors = ProofRules.Of(session).ToImmutableDictionary(proof => proof.Factor, proof => proof.At);
        return session.UserCheckedAt is { } at ? factors.Add(ProvedFactor.User, at) : factors;
    }
}
