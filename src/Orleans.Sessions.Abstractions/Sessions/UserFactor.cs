namespace Orleans.Sessions;

/// <summary>The user of a session, with the names that the user has now.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserFactor")]
public sealed record UserFactor
{
    /// <summary>When the user was identified.</summary>
    [Id(0)]
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>The user's id.</summary>
    [Id(1)]
    public required string Id { get; init; }

    /// <summary>The user's preferred login name.</summary>
    [Id(2)]
    public string LoginName { get; init; } = "";

    /// <summary>The user's display name; empty for machines.</summary>
    [Id(3)]
    public string DisplayName { get; init; } = "";

    /// <summary>The user's organization.</summary>
    [Id(4)]
    public string OrganizationId { get; init; } = "";
}
