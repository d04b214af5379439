using System.Threading.RateLimiting;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Listing;

/// <summary>
/// Limits the searches of this node's database. One search can take a thousand times longer than another, so callers must not wait behind
/// other callers' long searches. A caller who sees only part of the data has a share of their own within the share of all such callers. The
/// rest is for callers who see everything, including login frontends. Counting all matches of a search reads each of them, so few such
/// counts run at once, and only one for each caller.
/// </summary>
internal sealed class SearchGate(TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The maximum number of searches at the same time; the database has this many connections for them.</summary>
    private const int AtOnce = SearchConnections.Count;

    private const int AtOnceOfAllOthers = AtOnce / 2;
    private const int AtOnceOfOne = 2;
    private const int MaxWaiting = 4096;
    private const int MaxWaitingOfAllOthers = 256;
    private const int MaxWaitingOfOne = 64;
    private const int CountsAtOnce = AtOnce / 4;
    private const int CountsAtOnceOfOne = 1;
    private const int MaxWaitingCounts = 4;

    /// <summary>
    /// Callers give up after five seconds. A caller who sees everything waits only behind short searches of the same kind.
    /// </summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestWaitForEverything = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<Turn> _limiter = PartitionedRateLimiter.CreateChained(
        Limit(turn => turn.CountsAll, turn => turn.Visibility.CallerId, CountsAtOnceOfOne, MaxWaitingCounts),
        Limit(turn => turn.CountsAll, _ => "", CountsAtOnce, MaxWaitingCounts),
        Limit(turn => !turn.Visibility.Everything, turn => turn.Visibility.CallerId, AtOnceOfOne, MaxWaitingOfOne),
        Limit(turn => !turn.Visibility.Everything, _ => "", AtOnceOfAllOthers, MaxWaitingOfAllOthers),
        Limit(_ => true, _ => "", AtOnce, MaxWaiting)
    );

    /// <summary>Runs something as a search, when its turn comes. Fails with <c>QUERY-Busy1</c> if that is not soon enough.</summary>
    public Task<T> RunAsync<T>(Visibility visibility, Func<Task<T>> search) => RunAsync(new Turn(visibility, CountsAll: false), search);

    /// <summary>
    /// Runs a search when its turn comes. If it only estimates the total, and the caller wants an exact one and has a role that lets them
    /// see what they search for, it also runs <paramref name="count"/> when its turn comes. Fails with <c>QUERY-Busy1</c>.
    /// </summary>
    public async Task<DirectoryPage<T>> SearchAsync<T>(
        Visibility visibility,
        Func<Task<DirectoryPage<T>>> search,
        bool exactTotal,
        Func<Task<long>> count
    )
    {
        var page = await RunAsync(visibility, search);
        return page.IsTotalExact || !exactTotal || !visibility.IsByRole
            ? page
            : page with
            {
                Total = await RunAsync(new Turn(visibility, CountsAll: true), count),
                IsTotalExact = true,
            };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private async Task<T> RunAsync<T>(Turn turn, Func<Task<T>> search)
    {
        using var lease = await EnterAsync(turn);

        // SQLite works on the calling thread, which must not be a grain's thread.
        return lease.IsAcquired ? await Task.Run(search) : throw Busy();
    }

    private async Task<RateLimitLease> EnterAsync(Turn turn)
    {
        using var patience = new CancellationTokenSource(turn.Visibility.Everything ? s_longestWaitForEverything : s_longestWait, clock);
        try
        {
            return await _limiter.AcquireAsync(turn, cancellationToken: patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw Busy();
        }
    }

    /// <summary>A limit for each key, and for the turns to which it applies.</summary>
    private static PartitionedRateLimiter<Turn> Limit(Func<Turn, bool> applies, Func<Turn, string> key, int atOnce, int waiting) =>
        PartitionedRateLimiter.Create<Turn, (bool, string)>(turn =>
            applies(turn)
                ? RateLimitPartition.GetConcurrencyLimiter((true, key(turn)), _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = atOnce,
                    QueueLimit = waiting,
                })
                : RateLimitPartition.GetNoLimiter((false, ""))
        );

    private static SessionException Busy() => new(SessionErrors.SearchesTooMany) { RetryAfter = s_pause };

    /// <summary>What waits: a search, or the count of all its matches.</summary>
    private readonly record struct Turn(Visibility Visibility, bool CountsAll);
}
