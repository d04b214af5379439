using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A search over users.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserQuery")]
public sealed record UserQuery
{
    /// <summary>The maximum number of users of one page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The page size if the caller does not set one.</summary>
    public const int DefaultLimit = 100;

    /// <summary>All of these filters must match. Empty means every user that the caller may see.</summary>
    [Id(0)]
    public ImmutableArray<UserFilter> Filters { get; init; } = [];

    /// <summary>The field to sort by. Users with equal values are ordered by id.</summary>
    [Id(1)]
    public UserSortField SortBy { get; init; }

    /// <summary>Whether the smallest values come first. Otherwise the largest come first.</summary>
    [Id(2)]
    public bool Ascending { get; init; }

    /// <summary>The number of matching users to skip.</summary>
    [Id(3)]
    public long Offset { get; init; }

    /// <summary>Page size, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(4)]
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>
    /// Whether to count all matches even if there are more than 10 000. Then the search can fail with <c>QUERY-Count1</c>. It has no effect
    /// for a caller whom no role lets see other users.
    /// </summary>
    [Id(5)]
    public bool ExactTotal { get; init; }
}
