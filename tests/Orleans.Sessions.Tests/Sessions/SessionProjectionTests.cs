using Orleans.Sessions.Sessions;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>What the database must know about a session follows from each change.</summary>
public sealed class SessionProjectionTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch;
    private static readonly SessionRecord s_session = new()
    {
        Id = "1",
        UserId = "u",
        Sequence = 3,
    };

    [Theory]
    [InlineData("session.terminated")]
    [InlineData("session.expired")]
    public void The_end_of_a_session_ends_its_logins_and_drops_its_messages(string type)
    {
        var ended = s_session with { Events = [new SessionEvent(type, SessionEndReason.Deleted, s_now)] };

        Assert.Equal<StateEffect>(
            [
                new SessionHappened("1", "u", 3, type, "Deleted", s_now),
                new LoginsEnded("1", "Deleted", s_now, s_now.AddMinutes(10)),
                new MessagesDropped(),
            ],
            SessionProjection.Of(s_session, ended).Effects
        );
        Assert.Empty(SessionProjection.Of(ended, ended with { UserEpoch = 7 }).Effects);
    }

    [Fact]
    public void A_session_without_a_user_has_no_logins_to_end()
    {
        var session = s_session with { UserId = null };
        var ended = session with { Events = [new SessionEvent(SessionEvent.Terminated, SessionEndReason.Deleted, s_now)] };

        Assert.IsType<SessionHappened>(Assert.Single(SessionProjection.Of(session, ended).Effects));
    }
}
