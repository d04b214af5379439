using Orleans.Sessions.State;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// When a session expires: at the end of its lifetime, or after its idle timeout without use, whichever comes first. Pure
/// functions of the stored session, so the date in the database always decides.
/// </summary>
internal static class SessionExpiry
{
    /// <summary>The maximum idle timeout. A longer one has no effect in practice, and not every client could read it.</summary>
    private static readonly TimeSpan s_longestIdle = TimeSpan.FromDays(36500);

    /// <summary>How exactly the last use of a session without an idle timeout is noted.</summary>
    private static readonly TimeSpan s_useStep = TimeSpan.FromHours(1);

    private static readonly DateTimeOffset s_latest = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>The session with a lifetime that starts at <paramref name="now"/>.</summary>
    public static SessionRecord WithLifetime(SessionRecord session, TimeSpan lifetime, DateTimeOffset now) =>
        Expiring(session, After(now, lifetime), session.IdleTimeout, session.UsedAt, session.UnprovedEndsAt);

    /// <summary>The session with a bound from its creation on that counts as long as no factor is proved.</summary>
    public static SessionRecord WithUnprovedLifetime(SessionRecord session, TimeSpan lifetime) =>
        Expiring(session, LifetimeEnd(session), session.IdleTimeout, session.UsedAt, After(session.CreatedAt, lifetime));

    /// <summary>The session with an idle timeout that starts at <paramref name="now"/>.</summary>
    public static SessionRecord WithIdleTimeout(SessionRecord session, TimeSpan idleTimeout, DateTimeOffset now) =>
        Expiring(session, LifetimeEnd(session), idleTimeout < s_longestIdle ? idleTimeout : s_longestIdle, now, session.UnprovedEndsAt);

    /// <summary>When the session was last used: a change is a use. Other uses are noted in steps.</summary>
    public static DateTimeOffset LastUse(SessionRecord session) =>
        session.UsedAt > session.ChangedAt ? session.UsedAt.Value : session.ChangedAt;

    /// <summary>Whether a use at <paramref name="now"/> is worth a write.</summary>
    public static bool IsUseDue(SessionRecord session, DateTimeOffset now) =>
        !session.IsExpired(now)
        && (
            (session is { IdleTimeout: { } idle, UsedAt: { } usedAt } ? now - usedAt >= idle / 10 : now - LastUse(session) >= s_useStep)
            || (HardwareProof.Any(session) && now - LastUse(session) >= HardwareProof.UseStep)
        );

    /// <summary>The session after a use at <paramref name="now"/>.</summary>
    public static SessionRecord Used(SessionRecord session, DateTimeOffset now) =>
        session.IdleTimeout is null ? session : Noted(session, now);

    /// <summary>The session with the time of a use, whether or not it has an idle timeout.</summary>
    public static SessionRecord Noted(SessionRecord session, DateTimeOffset now) =>
        Expiring(session, LifetimeEnd(session), session.IdleTimeout, now, session.UnprovedEndsAt);

    /// <summary>The session with its lifetimes limited to the installation's maximum.</summary>
    public static SessionRecord Within(SessionRecord session, SessionOptions options, DateTimeOffset now)
    {
        if (session.UnprovedEndsAt is not null && ProofRules.Any(session))
        {
            session = Expiring(session, LifetimeEnd(session), session.IdleTimeout, session.UsedAt, unprovedEnd: null);
        }

        if (options.MaxIdleTimeout is { } idle && !(session.IdleTimeout <= idle))
        {
            session = WithIdleTimeout(session, idle, now);
        }

        return options.MaxLifetime is { } lifetime && After(session.CreatedAt, lifetime) is var latest && !(LifetimeEnd(session) <= latest)
            ? Expiring(session, latest, session.IdleTimeout, session.UsedAt, session.UnprovedEndsAt)
            : session;
    }

    /// <summary>When the session expires however often it is used; <c>null</c> means never.</summary>
    public static DateTimeOffset? LifetimeEnd(SessionRecord session) =>
        session is { IdleTimeout: null, UnprovedEndsAt: null } ? session.ExpiresAt : session.LifetimeEndsAt;

    /// <summary>
    /// When everything ends that depends on the session as it is now, however often it is used; <c>null</c> means never. Unlike
    /// <see cref="LifetimeEnd"/> it heeds the bound of a session without a proved factor.
    /// </summary>
    public static DateTimeOffset? DependentEnd(SessionRecord session) => Times.Earlier(LifetimeEnd(session), session.UnprovedEndsAt);

    private static SessionRecord Expiring(
        SessionRecord session,
        DateTimeOffset? lifetimeEnd,
        TimeSpan? idleTimeout,
        DateTimeOffset? usedAt,
        DateTimeOffset? unprovedEnd
    )
    {
        var idleEnd = idleTimeout is { } idle ? After(usedAt!.Value, idle) : (DateTimeOffset?)null;
        return session with
        {
            IdleTimeout = idleTimeout,
            UsedAt = usedAt,
            UnprovedEndsAt = unprovedEnd,
            LifetimeEndsAt = idleTimeout is null && unprovedEnd is null ? null : lifetimeEnd,
            ExpiresAt = Times.Earlier(Times.Earlier(lifetimeEnd, idleEnd), unprovedEnd),
            ExpiryPublishedAt = null,
        };
    }

    private static DateTimeOffset After(DateTimeOffset start, TimeSpan duration) =>
        duration < s_latest - start ? start + duration : s_latest;
}
