using Orleans.Concurrency;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Ids;

/// <inheritdoc cref="IIdRangesGrain"/>
[StatelessWorker]
[GrainType("id-ranges")]
internal sealed class IdRangesGrain(IIdRangeStore store, TimeProvider clock) : Grain, IIdRangesGrain
{
    /// <summary>
    /// The length of a range. A busy process asks about twice a minute, and a process that ends leaves a minute of one slot unused.
    /// </summary>
    private const int Length = 60_000;

    /// <inheritdoc/>
    public async Task<IdRange> ReserveAsync()
    {
        try
        {
            return await store.ReserveAsync(IdRange.MillisecondOf(clock.GetUtcNow()), Length, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
