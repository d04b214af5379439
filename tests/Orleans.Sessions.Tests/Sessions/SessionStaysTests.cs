using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>Which sessions stay in memory, and for how long.</summary>
public sealed class SessionStaysTests
{
    private static readonly TimeSpan s_unused = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<int> _left = [];
    private readonly SessionStays _stays;

    public SessionStaysTests() => _stays = new SessionStays(s_unused, _clock);

    [Fact]
    public void A_session_that_is_used_once_leaves_after_seconds()
    {
        Enter(1);
        Pass(s_unused / 2);
        Enter(2);
        Assert.Empty(_left);

        Pass(s_unused / 2);
        Assert.Equal([1], _left);
        Pass(s_unused / 2);
        Assert.Equal([1, 2], _left);
    }

    [Fact]
    public void A_session_that_is_used_again_stays_until_nobody_uses_it()
    {
        var stay = Enter(1);
        stay.IsUsedAgain = true;
        Pass(s_unused);
        stay.IsUsedAgain = true;
        Pass(SessionStays.InUse);
        Assert.Empty(_left);

        Pass(SessionStays.InUse);
        Assert.Equal([1], _left);
    }

    [Fact]
    public void A_session_in_use_keeps_no_other_one_in_memory()
    {
        Enter(1).IsUsedAgain = true;
        Enter(2);
        Pass(s_unused);
        Enter(3);
        Pass(s_unused);

        Assert.Equal([2, 3], _left);
    }

    [Fact]
    public void Of_very_many_only_some_leave_at_the_same_moment()
    {
        for (var number = 0; number < 5; number++)
        {
            Enter(number);
        }

        _clock.Advance(s_unused);
        _stays.EndDue(3);
        Assert.Equal([0, 1, 2], _left);
        _stays.EndDue(3);
        Assert.Equal([0, 1, 2, 3, 4], _left);
    }

    private void Pass(TimeSpan time)
    {
        _clock.Advance(time);
        _stays.EndDue(100);
    }

    private SessionStay Enter(int number)
    {
        var stay = new SessionStay(StandIn.For<IGrainContext>((method, _) => Deactivate(method.Name, number)));
        _stays.Add(stay);
        return stay;
    }

    private object? Deactivate(string method, int number)
    {
        Assert.Equal(nameof(IGrainContext.Deactivate), method);
        _left.Add(number);
        return null;
    }
}
