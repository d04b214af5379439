using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Background;

/// <summary>The publication of expiries leaves time to others.</summary>
public sealed class ExpiryRestTests
{
    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(25, 30)]
    [InlineData(50, 10)]
    [InlineData(1, 250)]
    public Task A_turn_ends_with_a_rest(int share, int milliseconds) =>
        InAGrain(async () =>
        {
            using var turns = Turns(share);
            await TakeAllTurnsAsync(turns, rests: true);

            var next = turns.RunAsync(() => Task.CompletedTask, rests: true, default);
            _clock.Advance((milliseconds - 1) * s_millisecond);
            Assert.False(next.IsCompleted);
            _clock.Advance(s_millisecond);

            await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        });

    [Theory]
    [InlineData(100, true)]
    [InlineData(1, false)]
    public Task A_turn_without_a_rest_is_over_at_once(int share, bool rests) =>
        InAGrain(async () =>
        {
            using var turns = Turns(share);
            await TakeAllTurnsAsync(turns, rests);

            Assert.True(turns.RunAsync(() => Task.CompletedTask, rests: true, default).IsCompletedSuccessfully);
        });

    private ExpiryTurns Turns(int share) => new(Options.Create(new SessionOptions { Expiry = new() { Share = share } }), _clock);

    /// <summary>Works as long in every turn, and returns when all of them have begun to rest.</summary>
    private async Task TakeAllTurnsAsync(ExpiryTurns turns, bool rests)
    {
        var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, ExpiryTurns.AtOnce).Select(_ => turns.RunAsync(() => published.Task, rests, default)).ToList();
        _clock.Advance(s_work);
        published.SetResult();
        await Task.WhenAll(all);
    }

    /// <summary>Runs a test with one task at a time, as a grain does.</summary>
    private static Task InAGrain(Func<Task> test) =>
        Task
            .Factory.StartNew(
                test,
                CancellationToken.None,
                TaskCreationOptions.None,
                new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler
            )
            .Unwrap();
}
