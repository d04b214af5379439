using System.Collections.Concurrent;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>Sessions in memory that expire at the same moment.</summary>
[Collection(nameof(LenientCluster))]
public sealed class ExpiryTurnsTests(LenientCluster cluster) : IDisposable
{
    private const int Sessions = 30;

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> _published = new();
    private int _underWay;
    private int _most;

    public void Dispose()
    {
        cluster.Intercept = null;
        _gate.TrySetResult();
    }

    [Fact]
    public async Task Sessions_that_expire_together_publish_it_in_turns()
    {
        var ids = Enumerable.Range(0, Sessions).Select(_ => NewName("session")).ToList();
        foreach (var id in ids)
        {
            await cluster.Session(id).CreateAsync(new CreateSession { Caller = Caller.InCluster, Lifetime = TimeSpan.FromMinutes(1) });
        }

        cluster.Intercept = CountAsync;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => _underWay == ExpiryTurns.AtOnce);

        // All of them would be under way by now. Requests do not wait for them.
        foreach (var id in ids)
        {
            await cluster.Grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(id)).FindAsync();
        }

        Assert.Equal(ExpiryTurns.AtOnce, _most);
        _gate.SetResult();
        await UntilAsync(() => ids.TrueForAll(id => _published.ContainsKey(GrainKeys.Session(id))));
        Assert.Equal(ExpiryTurns.AtOnce, _most);
    }

    private async Task CountAsync(IIncomingGrainCallContext call)
    {
        if (call.MethodName != nameof(ISessionLifecycle.ExpireAsync))
        {
            await call.Invoke();
            return;
        }

        var underWay = Interlocked.Increment(ref _underWay);
        InterlockedMax(ref _most, underWay);
        await _gate.Task;
        await call.Invoke();
        Interlocked.Decrement(ref _underWay);
        _published[call.TargetId.Key.ToString()!] = true;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); known < value; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); !isSo(); await Task.Yield())
        {
            Assert.True(DateTime.UtcNow < deadline);
        }
    }
}
