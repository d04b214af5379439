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

    private List<Task<int>> Searches(string caller, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _gate.RunAsync(Of(caller), () => _long.Task))];

    private static Visibility Of(string caller) => new() { CallerId = caller };
}
