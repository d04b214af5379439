namespace Orleans.Sessions;

/// <summary>The result of creating or changing a session.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionChange")]
public sealed record SessionChange
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The state of the session's record now.</summary>
    [Id(1)]
    public required SessionDetails Details { get; init; }

    /// <summary>The new session token (at most 120 URL-safe characters); <c>null</c> if nothing changed.</summary>
    [Id(2)]
    public string? Token { get; init; }

    /// <summary>The issued challenges; <c>null</c> if none was requested.</summary>
    [Id(3)]
    public IssuedChallenges? Challenges { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder
            .Append("SessionId = ")
            .Append(SessionId)
            .Append(", Details = ")
            .Append(Details)
            .Append(", Challenges = ")
            .Append(Challenges);
        return true;
    }
}
