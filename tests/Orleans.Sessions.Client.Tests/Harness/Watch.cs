using System.Diagnostics;

namespace Orleans.Sessions.Client.Tests.Harness;

/// <summary>A subscription that is read one item at a time.</summary>
internal sealed class Watch(IAsyncEnumerable<SessionHappening> happenings) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that a change is in transit, even on a busy machine.</summary>
    private static readonly TimeSpan s_transit = TimeSpan.FromSeconds(2);

    private readonly IAsyncEnumerator<SessionHappening> _happenings = happenings.GetAsyncEnumerator();
    private Task<bool>? _next;

    /// <summary>Makes changes until one arrives. From then on the subscription misses nothing.</summary>
    public async Task ReadyAsync(Func<Task> change)
    {
        _next = _happenings.MoveNextAsync().AsTask();
        for (var clock = Stopwatch.StartNew(); !_next.IsCompleted; await Task.WhenAny(_next, Task.Delay(200)))
        {
            Assert.True(clock.Elapsed < s_patience, "No news of any change.");
            await change();
        }

        // More changes may still be in transit.
        await Task.Delay(s_transit);
        while (_next.IsCompleted)
        {
            Assert.IsType<SessionHappening.Rotated>(_happenings.Current);
            _next = _happenings.MoveNextAsync().AsTask();
            await Task.WhenAny(_next, Task.Delay(s_transit));
        }
    }

    /// <summary>The next event; <c>null</c> at the end.</summary>
    public async Task<SessionHappening?> NextAsync()
    {
        _next ??= _happenings.MoveNextAsync().AsTask();
        var any = await _next.WaitAsync(s_patience);
        _next = null;
        return any ? _happenings.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        // A waiting enumerator cannot be disposed. The subscription ends with the process.
        if (_next is null)
        {
            await _happenings.DisposeAsync();
        }
    }
}
