using System.Collections.Immutable;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Projects;

/// <summary>
/// A project of an organization: applications that belong together, and the roles that people can have in them. New versions only add
/// optional members, because this is also the stored form.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.Project")]
public sealed record Project
{
    /// <summary>
    /// The id, 1 to 200 characters: letters, digits and <c>-._~@</c>. No client has the same id, because both are audiences of tokens. It
    /// must not be <see cref="OidcScopes.Api"/>.
    /// </summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The organization that owns the project.</summary>
    [Id(1)]
    public required string OrganizationId { get; init; }

    /// <summary>The name, 1 to 200 characters.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Whether applications are told a person's roles without asking for them.</summary>
    [Id(3)]
    public bool AssertRoles { get; init; }

    /// <summary>Whether only people with an authorization can log in at the applications.</summary>
    [Id(4)]
    public bool RequireAuthorization { get; init; }

    /// <summary>
    /// Whether only people of the project's organization, and of organizations with a grant, can log in at the applications.
    /// </summary>
    [Id(5)]
    public bool RequireAccess { get; init; }

    /// <summary>Whose branding the login pages show.</summary>
    [Id(6)]
    public ProjectBranding Branding { get; init; }

    /// <summary>Whether nobody can log in at the applications, and nobody has the roles.</summary>
    [Id(7)]
    public bool IsInactive { get; init; }

    /// <summary>When the project was created. It tells the project from an earlier one with the same id.</summary>
    [Id(8)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the project was last changed.</summary>
    [Id(9)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The roles, oldest first, at most <see cref="IProjectsGrain.MaxRoles"/>.</summary>
    [Id(10)]
    public ImmutableArray<ProjectRole> Roles { get; init; } = [];

    /// <summary>The organizations to which the project is granted, at most <see cref="IProjectsGrain.MaxGrants"/>.</summary>
    [Id(11)]
    public ImmutableArray<ProjectGrant> Grants { get; init; } = [];

    /// <summary>The role; <c>null</c> if the project has no such role.</summary>
    public ProjectRole? FindRole(string key) => Roles.FirstOrDefault(role => role.Key == key);

    /// <summary>The grant to an organization; <c>null</c> if there is none.</summary>
    public ProjectGrant? FindGrant(string organizationId) => Grants.FirstOrDefault(grant => grant.OrganizationId == organizationId);

    /// <summary>Whether an organization owns the project or has an active grant of it.</summary>
    public bool IsOpenTo(string organizationId) => organizationId == OrganizationId || FindGrant(organizationId) is { IsInactive: false };
}
