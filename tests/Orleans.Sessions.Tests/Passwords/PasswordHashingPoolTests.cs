using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

public sealed class PasswordHashingPoolTests : IDisposable
{
    /// <summary>Milliseconds after which a test that waits for a lost hash fails.</summary>
    private const int Patience = 60_000;

    private static readonly HashCost s_second = new("test", TimeSpan.FromSeconds(1), 0);

    private readonly FakeTimeProvider _clock = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly List<PasswordHashingPool> _pools = [];

    public void Dispose()
    {
        _gate.Set();
        _pools.ForEach(pool => pool.Dispose());
        _gate.Dispose();
        RequestContext.Clear();
    }

    [Fact(Timeout = Patience)]
    public async Task Who_would_wait_too_long_is_refused_at_once_and_told_when_to_come_back()
    {
        var pool = Pool();
        var running = await HoldAsync(pool, "a");
        var waiting = RunAsync(pool, "b", 1);
        var refusal = await Assert.ThrowsAsync<SessionException>(() => RunAsync(pool, "c", 2));
        Assert.Equal(SessionErrors.HashingBusy, refusal.Error);
        Assert.Equal(TimeSpan.FromSeconds(2), refusal.RetryAfter);

        // The first hash should be done a second later.
        _clock.Advance(TimeSpan.FromSeconds(1));
        var admitted = RunAsync(pool, "c", 2);
        _gate.Set();
        Assert.Equal(new[] { 0, 1, 2 }, await Task.WhenAll(running, waiting, admitted));
    }

    [Fact(Timeout = Patience)]
    public async Task A_crowd_of_people_is_refused_by_nothing_but_the_time_they_would_wait()
    {
        var pool = Pool(new PasswordHashingOptions { Threads = 2, MaxWait = TimeSpan.FromSeconds(2) });
        var cost = new HashCost("test", TimeSpan.FromMilliseconds(20), 0);
        var holders = new[] { await HoldAsync(pool, "x", cost), await HoldAsync(pool, "y", cost) };
        var crowd = Enumerable
            .Range(0, 600)
            .Select(i => RefusalOfAsync(() => pool.RunAsync($"user {i}", cost, isForeign: false, () => 0, default)))
            .ToList();
        _gate.Set();
        var refusals = (await Task.WhenAll(crowd)).OfType<SessionException>().ToList();

        // Two threads compute a hundred hashes a second. So 199 callers, in addition to the two that run, wait for at most two seconds.
        // All of them are accepted, and only the others are refused.
        Assert.Equal(600 - 199, refusals.Count);
        Assert.All(refusals, refusal =>
            Assert.Equal((SessionErrors.HashingBusy, true), (refusal.Error, refusal.RetryAfter > TimeSpan.FromSeconds(2)))
        );
        await Task.WhenAll(holders);
    }

    [Fact(Timeout = Patience)]
    public async Task A_user_has_two_hashes_at_most_and_others_are_served_all_the_same()
    {
        var pool = Pool(new PasswordHashingOptions { Threads = 1, MaxWait = TimeSpan.FromSeconds(5) });
        var (first, second) = (await HoldAsync(pool, "a"), RunAsync(pool, "a", 1));
        Assert.Equal(SessionErrors.HashingBusy, (await Assert.ThrowsAsync<SessionException>(() => RunAsync(pool, "a", 2))).Error);
        Assert.Equal(
            SessionErrors.HashingBusy,
            (await Assert.ThrowsAsync<SessionException>(() => RunAsync(pool, "a", 2, isForeign: true))).Error
        );
        var other = RunAsync(pool, "b", 3);
        _gate.Set();
        Assert.Equal(new[] { 0, 1, 3 }, await Task.WhenAll(first, second, other));
        Assert.Equal(new[] { 4, 5 }, await Task.WhenAll(RunAsync(pool, "a", 4), RunAsync(pool, "a", 5)));
    }

    [Fact(Timeout = Patience)]
    public async Task Who_has_the_answer_can_ask_again_at_once()
    {
        var pool = Pool(new PasswordHashingOptions { Threads = 1, HashesPerUser = 1 });
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(i, await RunAsync(pool, "a", i));
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Hashes_of_other_systems_do_not_hold_up_our_own()
    {
        var pool = Pool();
        var foreign = await HoldAsync(pool, "a", isForeign: true);
        Assert.Equal(
            SessionErrors.HashingBusy,
            (
                await Assert.ThrowsAsync<SessionException>(async () =>
                {
                    var waiting = Enumerable.Range(0, 5).Select(i => RunAsync(pool, $"user {i}", i, isForeign: true)).ToList();
                    await Task.WhenAll(waiting);
                })
            ).Error
        );
        Assert.Equal(7, await RunAsync(pool, "b", 7));
        Assert.False(foreign.IsCompleted);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_not_begun_before_the_callers_deadline_never_is()
    {
        var pool = Pool();
        var running = await HoldAsync(pool, "a");
        CallDeadline.Set(TimeSpan.FromSeconds(1.5), _clock);
        var hasRun = false;
        var waiting = pool.RunAsync("b", s_second, isForeign: false, () => hasRun = true, default);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        _gate.Set();
        Assert.Equal(SessionErrors.HashingBusy, (await Assert.ThrowsAsync<SessionException>(() => waiting)).Error);
        Assert.False(hasRun);
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task Who_waits_for_less_than_the_queue_takes_is_refused_at_once()
    {
        var pool = Pool();
        var running = await HoldAsync(pool, "a");
        CallDeadline.Set(TimeSpan.FromSeconds(0.5), _clock);
        Assert.Equal(SessionErrors.HashingBusy, (await Assert.ThrowsAsync<SessionException>(() => RunAsync(pool, "b", 1))).Error);
        _gate.Set();
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task Without_a_deadline_there_is_the_servers()
    {
        var pool = Pool(new PasswordHashingOptions { Threads = 1, MaxWait = TimeSpan.FromSeconds(5) });
        var running = await HoldAsync(pool, "a");
        var waiting = RunAsync(pool, "b", 1);
        _clock.Advance(CallDeadline.Default);
        _gate.Set();
        await Assert.ThrowsAsync<SessionException>(() => waiting);
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_canceled_while_it_waits_is_never_begun_and_makes_room_at_once()
    {
        var pool = Pool(new PasswordHashingOptions { Threads = 1, MaxWait = TimeSpan.FromSeconds(5) });
        var running = await HoldAsync(pool, "a");
        using var gone = new CancellationTokenSource();
        var hasRun = false;
        var waiting = new[]
        {
            pool.RunAsync("b", s_second, isForeign: false, () => hasRun = true, gone.Token),
            pool.RunAsync("b", s_second, isForeign: false, () => hasRun = true, gone.Token),
        };
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        var next = RunAsync(pool, "b", 1);
        _gate.Set();
        Assert.Equal(1, await next);
        Assert.False(hasRun);
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task What_has_begun_is_finished_whoever_cancels()
    {
        var pool = Pool();
        using var gone = new CancellationTokenSource();
        var running = await HoldAsync(pool, "a", cancellationToken: gone.Token);
        await gone.CancelAsync();
        _gate.Set();
        Assert.Equal(0, await running);
    }

    [Fact(Timeout = Patience)]
    public async Task Work_never_runs_on_more_threads_than_there_are()
    {
        var pool = Pool(new PasswordHashingOptions { Threads = 2 });
        var (running, most) = (0, 0);
        var cost = new HashCost("test", TimeSpan.FromMilliseconds(1), 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    pool.RunAsync(
                        $"user {i}",
                        cost,
                        isForeign: false,
                        () =>
                        {
                            var now = Interlocked.Increment(ref running);
                            InterlockedMax(ref most, now);
                            Thread.Yield();
                            Interlocked.Decrement(ref running);
                            return now;
                        },
                        default
                    )
                )
        );
        Assert.InRange(most, 1, 2);
    }

    [Fact(Timeout = Patience)]
    public async Task What_goes_wrong_in_the_work_reaches_who_waits_and_nobody_else()
    {
        var pool = Pool();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
            pool.RunAsync<int>("a", s_second, isForeign: false, () => throw new InvalidTimeZoneException(), default)
        );
        Assert.Equal(1, await RunAsync(pool, "a", 1));
    }

    private static Task<int> RunAsync(PasswordHashingPool pool, string user, int result, bool isForeign = false) =>
        pool.RunAsync(user, s_second, isForeign, () => result, default);

    private static async Task<SessionException?> RefusalOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (SessionException exception)
        {
            return exception;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    /// <summary>A hash that runs until the gate opens.</summary>
    private async Task<Task<int>> HoldAsync(
        PasswordHashingPool pool,
        string user,
        HashCost? cost = null,
        bool isForeign = false,
        CancellationToken cancellationToken = default
    )
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = pool.RunAsync(
            user,
            cost ?? s_second,
            isForeign,
            () =>
            {
                started.SetResult();
                _gate.Wait();
                return 0;
            },
            cancellationToken
        );
        await started.Task;
        return running;
    }

    private PasswordHashingPool Pool(PasswordHashingOptions? options = null)
    {
        options ??= new PasswordHashingOptions
        {
            Threads = 1,
            ForeignThreads = 1,
            MaxWait = TimeSpan.FromSeconds(1.5),
        };
        var pool = new PasswordHashingPool(Options.Create(options), _clock);
        _pools.Add(pool);
        return pool;
    }
}
