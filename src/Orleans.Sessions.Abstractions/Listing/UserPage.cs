using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A page of users.</summary>
/// <param name="Users">The users.</param>
/// <param name="Total">The number of users that match and that the caller may see.</param>
/// <param name="AsOf">When the search ran.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserPage")]
public sealed record UserPage(
    [property: Id(0)] ImmutableArray<UserView> Users,
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
