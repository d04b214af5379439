using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Calls;

/// <summary>How long callers wait, as grains on their own and on other nodes see it.</summary>
[Collection(nameof(LenientCluster))]
public sealed class CallDeadlineTests(LenientCluster cluster) : IDisposable
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => RequestContext.Clear();

    [Fact]
    public void A_deadline_is_never_later_than_the_servers()
    {
        Assert.Equal(CallDeadline.Default, CallDeadline.Current(_clock).Left);
        CallDeadline.Set(TimeSpan.FromDays(1), _clock);
        Assert.Equal(CallDeadline.Default, CallDeadline.Current(_clock).Left);
        CallDeadline.Set(s_wait, _clock);
        Assert.Equal(s_wait, CallDeadline.Current(_clock).Left);
    }

    [Fact]
    public void Time_that_has_passed_is_gone()
    {
        CallDeadline.Set(s_wait, _clock);
        _clock.Advance(s_wait / 3);
        var deadline = CallDeadline.Current(_clock);
        Assert.Equal(s_wait * 2 / 3, deadline.Left);
        _clock.Advance(s_wait);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (deadline.Left, CallDeadline.Current(_clock).Left));
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(365)]
    public async Task A_node_whose_clock_differs_waits_as_long_as_the_caller(int days)
    {
        var user = await cluster.NewHumanAsync();
        var clock = new FakeTimeProvider(cluster.Clock.GetUtcNow().AddDays(days));

        CallDeadline.Set(s_wait, clock);
        await cluster.Factors(user).VerifyPasswordAsync(Password);

        CallDeadline.Set(s_wait, clock);
        clock.Advance(s_wait);
        await FailsAsync(SessionErrors.HashingBusy, () => cluster.Factors(user).VerifyPasswordAsync(Password));
    }

    [Fact]
    public void What_came_from_another_node_is_measured_from_its_arrival()
    {
        RequestContext.Set("sessions.wait", (long)s_wait.TotalMilliseconds);
        CallDeadline.Receive(_clock);
        _clock.Advance(s_wait / 3);
        Assert.Equal(s_wait * 2 / 3, CallDeadline.Current(_clock).Left);
    }

    [Fact]
    public void A_node_that_says_when_and_not_how_long_is_one_that_says_nothing()
    {
        RequestContext.Set("sessions.deadline", _clock.GetUtcNow().ToUnixTimeMilliseconds());
        CallDeadline.Receive(_clock);
        Assert.Equal(CallDeadline.Default, CallDeadline.Current(_clock).Left);
    }
}
