namespace Orleans.Sessions.Storage;

/// <summary>Remembers, for the whole installation, which ids were given out.</summary>
public interface IIdRangeStore
{
    /// <summary>
    /// Reserves <paramref name="length"/> milliseconds of a slot, from <paramref name="now"/> or later. The reservation is durable when the
    /// method returns, and no other call ever gets the same range.
    /// </summary>
    Task<IdRange> ReserveAsync(long now, int length, CancellationToken cancellationToken);
}
