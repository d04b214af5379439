using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Expiry;

/// <summary>
/// When a session expires: at the end of its lifetime, or after its idle timeout without use, whichever comes first. Pure
/// functions of the stored session, so the date in the database always decides.
/// </summary>
internal static class SessionExpiry
{
    /// <summary>The maximum idle timeout. A longer one has no effect in practice, and not every client could read it.</summary>
    private static readonly TimeSpan s_longestIdle = TimeSpan.FromDays(36500);

    private static readonly DateTimeOffset s_latest = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>The session with a lifetime that starts at <paramref name="now"/>.</summary>
    public static SessionRecord WithLifetime(SessionRecord session, TimeSpan lifetime, DateTimeOffset now) =>
        Expiring(session, After(now, lifetime), session.IdleTimeout, session.UsedAt);

    /// <summary>The session with an idle timeout that starts at <paramref name="now"/>.</summary>
    public static SessionRecord WithIdleTimeout(SessionRecord session, TimeSpan idleTimeout, DateTimeOffset now) =>
        Expiring(session, LifetimeEnd(session), idleTimeout < s_longestIdle ? idleTimeout : s_longestIdle, now);

    /// <summary>Whether a use at <paramref name="now"/> is worth a write.</summary>
    public static bool IsUseDue(SessionRecord session, DateTimeOffset now) =>
        session is { IdleTimeout: { } idle, UsedAt: { } usedAt } && now - usedAt >= idle / 10 && !session.IsExpired(now);

    /// <summary>The session after a use at <paramref name="now"/>.</summary>
    public static SessionRecord Used(SessionRecord session, DateTimeOffset now) =>
        session.IdleTimeout is null ? session : Expiring(session, LifetimeEnd(session), session.IdleTimeout, now);

    /// <summary>The session with its lifetimes limited to the installation's maximum.</summary>
    public static SessionRecord Within(SessionRecord session, SessionOptions options, DateTimeOffset now)
    {
        if (options.MaxIdleTimeout is { } idle && !(session.IdleTimeout <= idle))
        {
            session = WithIdleTimeout(session, idle, now);
        }

        return options.MaxLifetime is { } lifetime && After(session.CreatedAt, lifetime) is var latest && !(LifetimeEnd(session) <= latest)
            ? Expiring(session, latest, session.IdleTimeout, session.UsedAt)
            : session;
    }

    /// <summary>When the session expires however often it is used; <c>null</c> means never.</summary>
    public static DateTimeOffset? LifetimeEnd(SessionRecord session) =>
        session.IdleTimeout is null ? session.ExpiresAt : session.LifetimeEndsAt;

    private static SessionRecord Expiring(SessionRecord session, DateTimeOffset? lifetimeEnd, TimeSpan? idleTimeout, DateTimeOffset? usedAt)
    {
        if (idleTimeout is not { } idle)
        {
            return session with { ExpiresAt = lifetimeEnd, ExpiryPublishedAt = null };
        }

        var idleEnd = After(usedAt!.Value, idle);
        return session with
        {
            IdleTimeout = idle,
            UsedAt = usedAt,
            LifetimeEndsAt = lifetimeEnd,
            ExpiresAt = lifetimeEnd < idleEnd ? lifetimeEnd : idleEnd,
            ExpiryPublishedAt = null,
        };
    }

    private static DateTimeOffset After(DateTimeOffset start, TimeSpan duration) =>
        duration < s_latest - start ? start + duration : s_latest;
}
