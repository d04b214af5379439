using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>
/// Keeps the session alive with which a person changes their own ways to log in. Pure functions of the user's record, for the same write as
/// the change.
/// </summary>
internal static class OwnChangeRules
{
    /// <summary>The maximum number of kept changes. A session copies a proof when it hears of it, so old ones are not needed.</summary>
    private const int MaxKept = 10;

    /// <summary>The user after a change that proved a factor anew in the caller's own session.</summary>
    public static UserRecord Proved(
        Caller caller,
        UserRecord user,
        ProvedFactor factor,
        DateTimeOffset at,
        string? credential = null,
        bool userVerified = false
    ) => Noted(caller, user, at, new Proof(factor, at, credential, userVerified));

    /// <summary>
    /// The user after a change that added a second factor without proving it. Only a session that was enough before it goes on with what it
    /// has.
    /// </summary>
    public static UserRecord Added(Caller caller, UserRecord before, UserRecord after, DateTimeOffset at) =>
        !UserRules.HasSecondFactor(before) && UserRules.HasSecondFactor(after) ? Noted(caller, after, at, proof: null) : after;

    /// <summary>
    /// The session with what the person's own changes proved in it, each taken over once: a proof that is removed later does not come back.
    /// Usually the session itself.
    /// </summary>
    public static SessionRecord TakeOver(SessionRecord session, UserIdentity user)
    {
        var changes = (user.OwnChanges ?? [])
            .Where(change => change.SessionId == session.Id && !(change.At <= session.OwnChangesUntil))
            .ToList();
        return changes.Count == 0
            ? session
            : changes
                .Select(change => change.Proof)
                .OfType<Proof>()
                .Where(proof => !(ProofRules.Find(session, proof.Factor)?.At >= proof.At))
                .Aggregate(session, ProofRules.With) with
            {
                OwnChangesUntil = changes.Max(change => change.At),
            };
    }

    /// <summary>
    /// Whether the person added a second factor with this session, which goes on without it until the person removes anything.
    /// </summary>
    public static bool GoesOn(SessionRecord session, UserIdentity user) =>
        user.OwnChanges?.Any(change =>
            change.SessionId == session.Id
            && change.Proof is null
            && user.Revocations?.Any(revocation => revocation.At >= change.At) != true
        ) == true;

    private static UserRecord Noted(Caller caller, UserRecord user, DateTimeOffset at, Proof? proof)
    {
        if (caller.UserId != user.Id || caller.SessionId is not { } sessionId)
        {
            return user;
        }

        // Each change has a time of its own, because a session remembers by the time which changes it knows.
        if (user.OwnChanges?.Max(known => known.At) is { } latest && latest >= at)
        {
            at = latest.AddMicroseconds(1);
        }

        var others = (user.OwnChanges ?? []).RemoveAll(known => known.SessionId == sessionId && known.Proof?.Factor == proof?.Factor);
        var kept = others.Length >= MaxKept ? others.RemoveAt(0) : others;
        return user with { OwnChanges = kept.Add(new OwnChange(sessionId, at, proof is null ? null : proof with { At = at })) };
    }
}
