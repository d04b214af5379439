namespace Orleans.Sessions;

/// <summary>The user for whom a session token speaks, and what was proved.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionBearer")]
public sealed record SessionBearer
{
    /// <summary>The session.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The user.</summary>
    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>The number of proved factors besides the user. A user-verified passkey counts as two.</summary>
    [Id(2)]
    public required int Factors { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    [Id(3)]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>When the user's present password was proved; <c>null</c> if it was not.</summary>
    [Id(30)]
    public DateTimeOffset? PasswordProvedAt { get; init; }
}
