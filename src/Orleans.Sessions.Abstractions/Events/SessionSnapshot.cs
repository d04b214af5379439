using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>
/// The state of a session after a change, as watchers receive it. It is the whole state, not a difference, so a watcher who misses a
/// message has the correct state again after the next one.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionSnapshot")]
public sealed record SessionSnapshot
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The checked user; <c>null</c> before the first user check.</summary>
    [Id(1)]
    public string? UserId { get; init; }

    /// <summary>The number of events that the session has had.</summary>
    [Id(2)]
    public required long Sequence { get; init; }

    /// <summary>Whether the session is active, expired or terminated.</summary>
    [Id(3)]
    public required SessionState State { get; init; }

    /// <summary>The proved factors and when they were proved.</summary>
    [Id(4)]
    public ImmutableDictionary<ProvedFactor, DateTimeOffset> Factors { get; init; } =
        ImmutableDictionary<ProvedFactor, DateTimeOffset>.Empty;

    /// <summary>When the session was last changed, expired or was terminated.</summary>
    [Id(5)]
    public required DateTimeOffset At { get; init; }
}
