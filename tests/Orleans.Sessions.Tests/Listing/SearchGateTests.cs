using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Listing;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Listing;

/// <summary>No caller waits for another caller's long searches.</summary>
public sealed class SearchGateTests : IAsyncDisposable
{
    private static readonly Visibility s_everything = new() { Everything = true, CallerId = "login" };

    /// <summary>Who waits for this long waits for ever: no clock moves.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly SearchGate _gate;
    private readonly TaskCompletionSource<int> _long = new();

    public SearchGateTests() => _gate = new SearchGate(_clock);

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task Who_searches_long_keeps_waiting_nobody_else()
    {
        var greedy = Searches("greedy", 10);
        Assert.Equal(1, await _gate.RunAsync(Of("other"), () => Task.FromResult(1)).WaitAsync(s_patience));
        var others = Enumerable.Range(0, SearchConnections.Count).SelectMany(caller => Searches($"{caller}", 10)).ToList();
        Assert.Equal(2, await _gate.RunAsync(s_everything, () => Task.FromResult(2)).WaitAsync(s_patience));

        _long.SetResult(3);
        Assert.All(await Task.WhenAll(greedy.Concat(others)), result => Assert.Equal(3, result));
    }

    [Fact]
    public async Task No_more_wait_than_can_be_served_soon()
    {
        var searches = Searches("greedy", 67);
        Assert.Equal(SessionErrors.SearchesTooMany, (await Assert.ThrowsAsync<SessionException>(() => searches[^1])).Error);
        Assert.DoesNotContain(searches[..^1], search => search.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var search in searches[2..])
        {
            Assert.Equal(TimeSpan.FromSeconds(1), (await Assert.ThrowsAsync<SessionException>(() => search)).RetryAfter);
        }

        _long.SetResult(3);
        Assert.Equal(3, await searches[0]);
        Assert.Equal(4, await _gate.RunAsync(Of("greedy"), () => Task.FromResult(4)));
    }

    [Fact]
    public async Task Six_hundred_searches_of_a_login_frontend_at_once_are_all_answered()
    {
        var searches = Enumerable.Range(0, 600).Select(_ => _gate.RunAsync(s_everything, () => _long.Task)).ToList();
        _long.SetResult(5);
        Assert.Equal(3000, (await Task.WhenAll(searches)).Sum());
    }

    [Fact]
    public async Task An_exact_total_is_counted_for_a_caller_with_a_role()
    {
        Assert.Equal((7, true), await TotalAsync(s_everything));
        Assert.Equal((7, true), await TotalAsync(new Visibility { CallerId = "manager", Organizations = ["o"] }));
        Assert.Equal((20_000, false), await TotalAsync(Of("somebody")));
        Assert.Equal((20_000, false), await TotalAsync(s_everything, exactTotal: false));
        Assert.Equal((5, true), await TotalAsync(s_everything, isExact: true));
    }

    [Fact]
    public async Task One_count_of_each_caller_and_two_of_all_run_at_once_and_searches_do_not_wait_for_them()
    {
        var started = 0;
        var counts = new[] { "a", "a", "b", "c" }.Select(CountAsync).ToList();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref started) == 2, s_patience));
        Assert.Equal(1, await _gate.RunAsync(s_everything, () => Task.FromResult(1)).WaitAsync(s_patience));
        Assert.Equal(2, started);

        // The others give up when they have waited for too long; which ones came first is chance.
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    _clock.Advance(TimeSpan.FromSeconds(1));
                    return counts.Count(count => count.IsCompleted) == 2;
                },
                s_patience
            )
        );
        var refused = counts.Where(count => count.IsCompleted).ToList();
        Assert.Contains(counts.Take(2), count => refused.Contains(count));
        foreach (var count in refused)
        {
            Assert.Equal(SessionErrors.SearchesTooMany, (await Assert.ThrowsAsync<SessionException>(() => count)).Error);
        }

        _long.SetResult(12);
        foreach (var count in counts.Except(refused))
        {
            Assert.Equal(12, (await count).Total);
        }

        Task<DirectoryPage<int>> CountAsync(string caller) =>
            _gate.SearchAsync(
                new Visibility { CallerId = caller, Everything = true },
                () => Task.FromResult(new DirectoryPage<int>([], 20_000, IsTotalExact: false)),
                exactTotal: true,
                async () =>
                {
                    Interlocked.Increment(ref started);
                    return await _long.Task;
                }
            );
    }

    private async Task<(long Total, bool IsExact)> TotalAsync(Visibility visibility, bool exactTotal = true, bool isExact = false)
    {
        var page = await _gate.SearchAsync(
            visibility,
            () => Task.FromResult(new DirectoryPage<int>([], isExact ? 5 : 20_000, isExact)),
            exactTotal,
            () => Task.FromResult(7L)
        );
        return (page.Total, page.IsTotalExact);
    }

    private List<Task<int>> Searches(string caller, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _gate.RunAsync(Of(caller), () => _long.Task))];

    private static Visibility Of(string caller) => new() { CallerId = caller };
}
