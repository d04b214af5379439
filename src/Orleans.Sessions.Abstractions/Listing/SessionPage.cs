namespace Orleans.Sessions;

/// <summary>A page of sessions.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Total">The number of sessions that match and that the caller may see.</param>
/// <param name="AsOf">When the search ran.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionPage")]
public sealed record SessionPage(
    [property: Id(0)] System.Collections.Immutable.ImmutableArray<SessionView> Sessions,
    [property: Id(1)] long Total,
    [property: Id(2)] DateTimeOffset AsOf
)
{
    /// <summary>
    /// Whether <see cref="Total"/> is exact. Otherwise it may be an estimate, which is more than 10 000, and never so low that a full page
    /// looks like the last one.
    /// </summary>
    [Id(3)]
    public bool IsTotalExact { get; init; }
}
