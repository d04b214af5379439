using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

public sealed class PasswordHashingPoolTests
{
    [Fact]
    public async Task A_full_queue_refuses_at_once_and_says_when_to_come_back()
    {
        using var pool = Pool(threads: 1, queue: 2);
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var running = pool.RunAsync(() =>
        {
            started.Set();
            gate.Wait();
            return 0;
        });
        started.Wait();
        var waiting = new[] { pool.RunAsync(() => 1), pool.RunAsync(() => 2) };
        var refusal = await Assert.ThrowsAsync<SessionException>(() => pool.RunAsync(() => 3));
        Assert.Equal(SessionErrors.HashingBusy, refusal.Error);
        Assert.Equal(TimeSpan.FromSeconds(1), refusal.RetryAfter);

        gate.Set();
        var results = await Task.WhenAll(running, waiting[0], waiting[1]);
        Assert.Equal([0, 1, 2], results);
        Assert.Equal(4, await pool.RunAsync(() => 4));
    }

    [Fact]
    public async Task Work_never_runs_on_more_threads_than_there_are()
    {
        using var pool = Pool(threads: 2, queue: 100);
        var (running, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pool.RunAsync(() =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Yield();
            Interlocked.Decrement(ref running);
            return now;
        })));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task What_goes_wrong_in_the_work_reaches_who_waits_and_nobody_else()
    {
        using var pool = Pool(threads: 1, queue: 10);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => pool.RunAsync<int>(() => throw new InvalidTimeZoneException()));
        Assert.Equal(1, await pool.RunAsync(() => 1));
    }

    private static PasswordHashingPool Pool(int threads, int queue) =>
        new(Options.Create(new PasswordHashingOptions { Threads = threads, QueuePerThread = queue }));

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
