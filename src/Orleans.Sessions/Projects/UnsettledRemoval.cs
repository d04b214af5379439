using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>
/// Something that was removed from the registry. It gives nobody a role any more; the list of authorizations, and the applications of a
/// project, must follow.
/// </summary>
/// <param name="ProjectId">The project.</param>
/// <param name="ProjectCreatedAt">When that project was created.</param>
/// <param name="OrganizationId">The organization that can no longer give it; <c>null</c> means all organizations.</param>
/// <param name="RoleKeys">The roles; empty means the project or grant as a whole.</param>
/// <param name="At">When it was removed.</param>
internal sealed record UnsettledRemoval(
    string ProjectId,
    DateTimeOffset ProjectCreatedAt,
    string? OrganizationId,
    ImmutableArray<string> RoleKeys,
    DateTimeOffset At
)
{
    /// <summary>The organization of the project; <c>null</c> if an earlier version has written this.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The removal of a project or a part of it.</summary>
    public static UnsettledRemoval Of(Project project, string? organizationId, ImmutableArray<string> roleKeys, DateTimeOffset now) =>
        new(project.Id, project.CreatedAt, organizationId, roleKeys, now) { OwnerId = project.OrganizationId };

    /// <summary>Whether the project itself was deleted.</summary>
    public bool IsOfProject => OrganizationId is null && RoleKeys.IsDefaultOrEmpty;
}
