namespace Orleans.Sessions.Directory;

/// <summary>Remembers, for the whole installation, which ids were given away.</summary>
public interface IIdRangeStore
{
    /// <summary>
    /// Reserves <paramref name="length"/> milliseconds of a slot, from <paramref name="now"/> on or later; durable when it is answered, and never given again.
    /// </summary>
    Task<IdRange> ReserveAsync(long now, int length, CancellationToken cancellationToken);
}
