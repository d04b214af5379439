using System.Threading.RateLimiting;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Listing;

/// <summary>
/// Limits the searches of this node's database. One search can take a thousand times longer than another, so callers must not wait behind
/// other callers' long searches. A caller who sees only part of the data has a share of their own within the share of all such callers. The
/// rest is for callers who see everything, including login frontends.
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

    /// <summary>
    /// Callers give up after five seconds. A caller who sees everything waits only behind short searches of the same kind.
    /// </summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestWaitForEverything = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<Visibility> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Visibility, string>(visibility =>
            visibility.Everything
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetConcurrencyLimiter(visibility.CallerId, _ => Of(AtOnceOfOne, MaxWaitingOfOne))
        ),
        PartitionedRateLimiter.Create<Visibility, bool>(visibility =>
            visibility.Everything
                ? RateLimitPartition.GetNoLimiter(true)
                : RateLimitPartition.GetConcurrencyLimiter(false, _ => Of(AtOnceOfAllOthers, MaxWaitingOfAllOthers))
        ),
        PartitionedRateLimiter.Create<Visibility, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(true, _ => Of(AtOnce, MaxWaiting)))
    );

    /// <summary>Runs a search when its turn comes. Fails with <c>QUERY-Busy1</c> if that is not soon enough.</summary>
    public async Task<T> RunAsync<T>(Visibility visibility, Func<Task<T>> search)
    {
        using var lease = await EnterAsync(visibility);

        // SQLite works on the calling thread, which must not be a grain's thread.
        return lease.IsAcquired ? await Task.Run(search) : throw Busy();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private async Task<RateLimitLease> EnterAsync(Visibility visibility)
    {
        using var patience = new CancellationTokenSource(visibility.Everything ? s_longestWaitForEverything : s_longestWait, clock);
        try
        {
            return await _limiter.AcquireAsync(visibility, cancellationToken: patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw Busy();
        }
    }

    private static ConcurrencyLimiterOptions Of(int atOnce, int waiting) => new() { PermitLimit = atOnce, QueueLimit = waiting };

    private static SessionException Busy() => new(SessionErrors.SearchesTooMany) { RetryAfter = s_pause };
}
