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
);
