using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Harness;

public sealed partial class MemoryStore : IIdRangeStore, IIntentDirectory
{
    private long _idsUntil;

    /// <summary>One slot is enough for one process.</summary>
    public Task<IdRange> ReserveAsync(long now, int length, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var from = Math.Max(_idsUntil, now);
            _idsUntil = from + length;
            return Task.FromResult(new IdRange(0, from, _idsUntil));
        }
    }

    Task<int> IIntentDirectory.PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
