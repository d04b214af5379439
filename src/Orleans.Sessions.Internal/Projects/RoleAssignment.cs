using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>
/// The roles of a project that a user was given by an organization: an authorization in <c>zitadel.authorization.v2</c>. New versions only
/// add optional members, because this is also the stored form.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.RoleAssignment")]
public sealed record RoleAssignment
{
    /// <summary>The id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The project.</summary>
    [Id(1)]
    public required string ProjectId { get; init; }

    /// <summary>When the project was created: an assignment for an earlier project with the same id does not count.</summary>
    [Id(2)]
    public required DateTimeOffset ProjectCreatedAt { get; init; }

    /// <summary>The organization that gave the roles: the project's own, or one with a grant.</summary>
    [Id(3)]
    public required string OrganizationId { get; init; }

    /// <summary>
    /// When the project was granted to the organization; <c>null</c> if the project is the organization's own. An assignment under an
    /// earlier grant does not count.
    /// </summary>
    [Id(8)]
    public DateTimeOffset? GrantCreatedAt { get; init; }

    /// <summary>The roles.</summary>
    [Id(4)]
    public ImmutableArray<AssignedRole> Roles { get; init; } = [];

    /// <summary>Whether it gives no roles at present.</summary>
    [Id(5)]
    public bool IsInactive { get; init; }

    /// <summary>When it was created.</summary>
    [Id(6)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(7)]
    public DateTimeOffset ChangedAt { get; init; }
}
