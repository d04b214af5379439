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
}

/// <summary>One condition of a <see cref="SessionQuery"/>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionFilter")]
public abstract record SessionFilter
{
    private protected SessionFilter() { }

    /// <summary>The id is one of these. An empty list matches nothing.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.Ids")]
    public sealed record Ids([property: Id(0)] ImmutableArray<string> Values) : SessionFilter;

    /// <summary>The session has this checked user.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.User")]
    public sealed record User([property: Id(0)] string UserId) : SessionFilter;

    /// <summary>This user created the session.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.Creator")]
    public sealed record Creator([property: Id(0)] string UserId) : SessionFilter;

    /// <summary>The user agent has this fingerprint id.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.Fingerprint")]
    public sealed record Fingerprint([property: Id(0)] string FingerprintId) : SessionFilter;

    /// <summary>The creation date compared with <paramref name="Date"/>.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.Created")]
    public sealed record Created([property: Id(0)] DateTimeOffset Date, [property: Id(1)] Comparison Method) : SessionFilter;

    /// <summary>
    /// The expiration date compared with <paramref name="Date"/>. A session that never expires matches only
    /// <see cref="Comparison.Greater"/> and <see cref="Comparison.GreaterOrEquals"/>.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.Expires")]
    public sealed record Expires([property: Id(0)] DateTimeOffset Date, [property: Id(1)] Comparison Method) : SessionFilter;

    /// <summary>The state at the time <paramref name="At"/>. A search without such a filter finds active and expired sessions.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.InState")]
    public sealed record InState([property: Id(0)] SessionState State, [property: Id(1)] DateTimeOffset At) : SessionFilter;
}

/// <summary>How a date is compared. The numbers are those of <c>TimestampQueryMethod</c>.</summary>
public enum Comparison
{
    /// <summary>The same instant.</summary>
    Equals = 0,

    /// <summary>Later.</summary>
    Greater = 1,

    /// <summary>Later or the same.</summary>
    GreaterOrEquals = 2,

    /// <summary>Earlier.</summary>
    Less = 3,

    /// <summary>Earlier or the same.</summary>
    LessOrEquals = 4,
}
