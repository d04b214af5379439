namespace Orleans.Sessions.Oidc;

/// <summary>The notification that tells one client that one session ended.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LogoutEntry")]
public sealed record LogoutEntry
{
    /// <summary>The number of the entry.</summary>
    [Id(0)]
    public required long Id { get; init; }

    /// <summary>The session.</summary>
    [Id(1)]
    public required string SessionId { get; init; }

    /// <summary>The session's user.</summary>
    [Id(2)]
    public required string UserId { get; init; }

    /// <summary>The client.</summary>
    [Id(3)]
    public required string ClientId { get; init; }

    /// <summary>The issuer that the client knows, without trailing slash.</summary>
    [Id(4)]
    public required string Issuer { get; init; }

    /// <summary>The reason why the session ended, as in the session's events.</summary>
    [Id(5)]
    public required string Reason { get; init; }

    /// <summary>When the session ended.</summary>
    [Id(6)]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The state of the notification.</summary>
    [Id(7)]
    public required LogoutState State { get; init; }

    /// <summary>The number of attempts.</summary>
    [Id(8)]
    public required int Attempts { get; init; }

    /// <summary>The time of the next attempt, or the time when the entry was settled.</summary>
    [Id(9)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The result of the last attempt, one of <see cref="LogoutOutcomes"/>; <c>null</c> before the first attempt.</summary>
    [Id(10)]
    public string? Outcome { get; init; }
}
