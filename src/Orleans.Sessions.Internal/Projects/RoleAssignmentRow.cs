using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>An authorization as it is found in a search, with its user.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentRow")]
public sealed record RoleAssignmentRow
{
    /// <summary>The id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The user.</summary>
    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>The project.</summary>
    [Id(2)]
    public required string ProjectId { get; init; }

    /// <summary>The organization that gave the roles.</summary>
    [Id(3)]
    public required string OrganizationId { get; init; }

    /// <summary>The keys of the roles.</summary>
    [Id(4)]
    public ImmutableArray<string> RoleKeys { get; init; } = [];

    /// <summary>Whether it gives no roles at present.</summary>
    [Id(5)]
    public bool IsInactive { get; init; }

    /// <summary>When it was created.</summary>
    [Id(6)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(7)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The user's preferred login name.</summary>
    [Id(8)]
    public string LoginName { get; init; } = "";

    /// <summary>The user's display name.</summary>
    [Id(9)]
    public string DisplayName { get; init; } = "";

    /// <summary>The user's organization.</summary>
    [Id(10)]
    public string UserOrganizationId { get; init; } = "";
}
