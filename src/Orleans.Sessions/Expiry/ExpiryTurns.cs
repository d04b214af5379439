using Microsoft.Extensions.Options;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Expiry;

/// <summary>
/// Bounds how much of this node the publication of expiries takes. No caller waits for the publication, because each use of a session
/// checks the time. So if very many sessions expire together, they take turns, and each turn ends with a rest. A busy node takes longer for
/// each turn and then rests longer, so the rate falls when requests need the node.
/// </summary>
internal sealed class ExpiryTurns(IOptions<SessionOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>The number of turns at the same time: half the processors, so that the other half serves requests.</summary>
    internal static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Timers are not exact enough for shorter rests, so these are saved up.</summary>
    private static readonly TimeSpan s_shortestRest = TimeSpan.FromMilliseconds(2);

    /// <summary>A turn that waits for a database that is away says nothing about how much work it is.</summary>
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly double _restForWork = (100.0 - options.Value.Expiry.Share) / options.Value.Expiry.Share;
    private long _restDue;

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    /// <summary>
    /// Lets a session publish its expiry when its turn comes. If <paramref name="end"/> comes first, it is left to the sweeper, which tries
    /// again what fails, too.
    /// </summary>
    public void Enter(ISessionLifecycle session, CancellationToken end) =>
        Task.Run(() => RunAsync(session.ExpireAsync, rests: true, end), CancellationToken.None).Ignore();

    /// <summary>Waits for a turn, then publishes. Returns when that is done; the rest follows.</summary>
    /// <param name="publish">Publishes the expiry of one session.</param>
    /// <param name="rests">Whether the turn ends with a rest.</param>
    /// <param name="cancellationToken">Ends the wait for a turn.</param>
    public async Task RunAsync(Func<Task> publish, bool rests, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        var begun = clock.GetTimestamp();
        try
        {
            await publish();
        }
        finally
        {
            _ = EndAsync(rests ? RestAfter(clock.GetElapsedTime(begun)) : TimeSpan.Zero);
        }
    }

    /// <summary>The rest that is due after so much work.</summary>
    private TimeSpan RestAfter(TimeSpan work)
    {
        var due = Interlocked.Add(ref _restDue, (work * _restForWork).Ticks);
        if (due < s_shortestRest.Ticks || Interlocked.CompareExchange(ref _restDue, 0, due) != due)
        {
            return TimeSpan.Zero;
        }

        return due < s_longestRest.Ticks ? new TimeSpan(due) : s_longestRest;
    }

    private async Task EndAsync(TimeSpan rest)
    {
        if (rest > TimeSpan.Zero)
        {
            // Not in the grain that has just published: it may leave memory meanwhile.
            await Task.Delay(rest, clock).ConfigureAwait(false);
        }

        _turns.Release();
    }
}
