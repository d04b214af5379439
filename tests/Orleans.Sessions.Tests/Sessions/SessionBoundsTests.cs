using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>The maximum lifetime of sessions, if the installation limits it.</summary>
public sealed class SessionBoundsTests
{
    private static readonly DateTimeOffset s_created = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionOptions s_bounded = new()
    {
        MaxLifetime = TimeSpan.FromHours(12),
        MaxIdleTimeout = TimeSpan.FromMinutes(15),
    };

    [Fact]
    [Asvs("7.3.1")]
    public void What_asks_for_nothing_or_for_more_gets_the_most()
    {
        var session = SessionExpiry.Within(Session(), s_bounded, s_created);
        Assert.Equal(s_created.AddMinutes(15), session.ExpiresAt);
        Assert.Equal(s_created.AddHours(12), SessionExpiry.LifetimeEnd(session));

        session = SessionExpiry.WithIdleTimeout(
            SessionExpiry.WithLifetime(Session(), TimeSpan.FromDays(30), s_created),
            TimeSpan.FromDays(1),
            s_created
        );
        session = SessionExpiry.Within(session, s_bounded, s_created);
        Assert.Equal((s_created.AddMinutes(15), s_created.AddHours(12)), (session.ExpiresAt, SessionExpiry.LifetimeEnd(session)));
    }

    [Fact]
    public void What_asks_for_less_gets_that()
    {
        var session = SessionExpiry.WithIdleTimeout(
            SessionExpiry.WithLifetime(Session(), TimeSpan.FromHours(1), s_created),
            TimeSpan.FromMinutes(5),
            s_created
        );
        Assert.Equal(session, SessionExpiry.Within(session, s_bounded, s_created));
    }

    [Fact]
    public void Nothing_prolongs_the_whole_life()
    {
        var late = s_created.AddHours(11);
        var session = SessionExpiry.WithLifetime(SessionExpiry.Within(Session(), s_bounded, s_created), TimeSpan.FromHours(12), late);
        session = SessionExpiry.Within(SessionExpiry.Used(session, late.AddMinutes(55)), s_bounded, late.AddMinutes(55));
        Assert.Equal(s_created.AddHours(12), session.ExpiresAt);
    }

    [Fact]
    public void What_depends_on_a_session_without_a_factor_ends_with_it()
    {
        var session = SessionExpiry.WithUnprovedLifetime(
            SessionExpiry.WithLifetime(Session(), TimeSpan.FromHours(1), s_created),
            TimeSpan.FromMinutes(5)
        );
        Assert.Equal(s_created.AddMinutes(5), SessionExpiry.DependentEnd(session));
        Assert.Equal(s_created.AddMinutes(5), SessionExpiry.DependentEnd(session with { LifetimeEndsAt = null }));
        Assert.Equal(s_created.AddHours(1), SessionExpiry.LifetimeEnd(session));

        session = SessionExpiry.Within(session.Proved(ProvedFactor.Password, s_created), new SessionOptions(), s_created);
        Assert.Equal(s_created.AddHours(1), SessionExpiry.DependentEnd(session));
        Assert.Null(SessionExpiry.DependentEnd(Session()));
    }

    [Fact]
    public void Without_bounds_nothing_changes() =>
        Assert.Equal(Session(), SessionExpiry.Within(Session(), new SessionOptions(), s_created));

    private static SessionRecord Session() =>
        new()
        {
            Id = "1",
            CreatedAt = s_created,
            ChangedAt = s_created,
        };
}
