using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A search over sessions: all filters must match.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionQuery")]
public sealed record SessionQuery
{
    /// <summary>The maximum number of sessions of one page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The page size if the caller does not set one.</summary>
    public const int DefaultLimit = 100;

    /// <summary>All of these filters must match. Empty means every session that the caller may see.</summary>
    [Id(0)]
    public ImmutableArray<SessionFilter> Filters { get; init; } = [];

    /// <summary>
    /// Whether the oldest sessions come first. Otherwise the newest come first. Sessions with the same creation date are ordered by id in
    /// the same direction.
    /// </summary>
    [Id(1)]
    public bool Ascending { get; init; }

    /// <summary>The number of matching sessions to skip.</summary>
    [Id(2)]
    public long Offset { get; init; }

    /// <summary>Page size, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(3)]
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>
    /// Whether to count all matches even if there are more than 10 000. Then the search can fail with <c>QUERY-Count1</c>. It has no effect
    /// for a caller whom no role lets see sessions of others.
    /// </summary>
    [Id(4)]
    public bool ExactTotal { get; init; }
}
