namespace Orleans.Sessions;

/// <summary>Something that happened to a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">The user of the session, if a user was checked.</param>
/// <param name="Sequence">The number of events that the session has had.</param>
/// <param name="At">When it happened. For a factor: when it was proved.</param>
public abstract record SessionHappening(string SessionId, string? UserId, long Sequence, DateTimeOffset At)
{
    /// <summary>The session appeared among the user's sessions.</summary>
    public sealed record Appeared(string SessionId, string? UserId, long Sequence, DateTimeOffset At)
        : SessionHappening(SessionId, UserId, Sequence, At);

    /// <summary>A factor was proved, for the first time or again.</summary>
    public sealed record FactorAdded(string SessionId, string? UserId, long Sequence, DateTimeOffset At, ProvedFactor Factor)
        : SessionHappening(SessionId, UserId, Sequence, At);

    /// <summary>The session was changed, so it has a new token.</summary>
    public sealed record Rotated(string SessionId, string? UserId, long Sequence, DateTimeOffset At)
        : SessionHappening(SessionId, UserId, Sequence, At);

    /// <summary>The lifetime of the session ended.</summary>
    public sealed record Expired(string SessionId, string? UserId, long Sequence, DateTimeOffset At)
        : SessionHappening(SessionId, UserId, Sequence, At);

    /// <summary>The session was ended.</summary>
    public sealed record Terminated(string SessionId, string? UserId, long Sequence, DateTimeOffset At)
        : SessionHappening(SessionId, UserId, Sequence, At);

    /// <summary>
    /// The events that must have happened between two states of a session, oldest first. <paramref name="before"/> is <c>null</c> if the
    /// session was not known before. If several changes happened between the two states, they count as one rotation.
    /// </summary>
    public static IEnumerable<SessionHappening> Between(SessionSnapshot? before, SessionSnapshot after)
    {
        ArgumentNullException.ThrowIfNull(after);
        var (id, user, sequence, at) = (after.SessionId, after.UserId, after.Sequence, after.At);
        if (before is null)
        {
            yield return new Appeared(id, user, sequence, at);
        }

        foreach (var (factor, provedAt) in after.Factors.OrderBy(proved => proved.Value).ThenBy(proved => proved.Key))
        {
            if (before is null || !before.Factors.TryGetValue(factor, out var earlier) || earlier < provedAt)
            {
                yield return new FactorAdded(id, user, sequence, provedAt, factor);
            }
        }

        if (before is not null && sequence > before.Sequence && after.State == SessionState.Active)
        {
            yield return new Rotated(id, user, sequence, at);
        }

        if (after.State == SessionState.Expired && before?.State is not SessionState.Expired)
        {
            yield return new Expired(id, user, sequence, at);
        }

        if (after.State == SessionState.Terminated && before?.State is not SessionState.Terminated)
        {
            yield return new Terminated(id, user, sequence, at);
        }
    }
}
