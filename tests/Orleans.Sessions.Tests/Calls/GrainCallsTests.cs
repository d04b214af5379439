using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace Orleans.Sessions.Tests.Calls;

/// <summary>Which calls are repeated, and which are not.</summary>
public sealed class GrainCallsTests
{
    private int _calls;

    [Fact]
    public async Task A_late_answer_does_not_make_a_call_come_again()
    {
        await Assert.ThrowsAsync<SessionException>(() => RepeatAsync(GrainCalls.RepeatAsync, new TimeoutException()));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_call_that_may_run_twice_comes_again_when_its_answer_is_late()
    {
        Assert.Equal(2, await RepeatAsync(GrainCalls.RepeatIdempotentAsync, new TimeoutException()));
        Assert.Equal(2, _calls);
    }

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("42601", false)]
    public void A_node_whose_directory_cannot_read_the_database_is_away(string state, bool isAway) =>
        Assert.Equal(isAway, GrainCalls.IsNodeAway(new Npgsql.PostgresException("x", "ERROR", "ERROR", state)));

    [Fact]
    public async Task Nobody_waits_twice_for_an_answer_that_was_very_late()
    {
        var clock = new FakeTimeProvider();
        await Assert.ThrowsAsync<SessionException>(() =>
            GrainCalls.RepeatIdempotentAsync<int>(
                () =>
                {
                    _calls++;
                    clock.Advance(TimeSpan.FromSeconds(15));
                    throw new TimeoutException();
                },
                clock,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_call_that_a_dying_node_had_comes_again()
    {
        Assert.Equal(2, await RepeatAsync(GrainCalls.RepeatAsync, new SiloUnavailableException()));
        Assert.Equal(4, await RepeatAsync(GrainCalls.RepeatIdempotentAsync, new SiloUnavailableException()));
    }

    [Fact]
    public async Task An_error_of_the_grain_is_an_answer()
    {
        var error = await Assert.ThrowsAsync<SessionException>(() =>
            RepeatAsync(GrainCalls.RepeatIdempotentAsync, new SessionException(SessionErrors.SessionNotFound))
        );
        Assert.Equal(SessionErrors.SessionNotFound, error.Error);
        Assert.Equal(1, _calls);
    }

    /// <summary>Every second call succeeds.</summary>
    private Task<int> RepeatAsync(Func<Func<Task<int>>, TimeProvider, CancellationToken, Task<int>> repeat, Exception failure) =>
        repeat(
            () => ++_calls % 2 == 1 ? Task.FromException<int>(failure) : Task.FromResult(_calls),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
}
