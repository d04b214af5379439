using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A session as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionView")]
public sealed record SessionView
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>When the session was created. All times have microsecond precision.</summary>
    [Id(1)]
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>When the session was last changed.</summary>
    [Id(2)]
    public required DateTimeOffset ChangeDate { get; init; }

    /// <summary>The number of events that the session has had, starting at 1.</summary>
    [Id(3)]
    public required long Sequence { get; init; }

    /// <summary>The proved factors; <c>null</c> until a user is checked.</summary>
    [Id(4)]
    public SessionFactors? Factors { get; init; }

    /// <summary>The caller's own data.</summary>
    [Id(5)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>The browser or device, if the creator named one.</summary>
    [Id(6)]
    public UserAgent? UserAgent { get; init; }

    /// <summary>When the session expires or has expired; <c>null</c> if it never expires.</summary>
    [Id(7)]
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>How long the session lives without being used; <c>null</c> if only its lifetime counts.</summary>
    [Id(8)]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>The state at the time of the answer or, in a search by state, at the time that the search names.</summary>
    [Id(9)]
    public SessionState? State { get; init; }

    /// <summary>
    /// When the session was last used. A change is noted exactly; other uses in steps of a tenth of <see cref="IdleTimeout"/>, without one
    /// in steps of an hour.
    /// </summary>
    [Id(10)]
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>
    /// The device, as its person knows it: the person's own name for it or, without one, a guess such as "Firefox, Linux" from the user
    /// agent's description; <c>null</c> if neither is known.
    /// </summary>
    [Id(11)]
    public string? DeviceName { get; init; }
}
