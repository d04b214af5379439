using System.Collections.Immutable;

namespace Orleans.Sessions;

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

    /// <summary>
    /// Whether a factor is proved in the session. Anybody who knows a login name can begin a session without one. Only together with <see
    /// cref="User"/> or <see cref="Ids"/> (<c>QUERY-Prov1</c>). For a user with more than 1000 sessions a page may be shorter than its
    /// limit, and the total counts sessions of both kinds.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("sessions.SessionFilter.Proved")]
    public sealed record Proved([property: Id(0)] bool Value) : SessionFilter;
}
