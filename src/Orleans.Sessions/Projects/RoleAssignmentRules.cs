using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>The rules of authorizations. Pure functions.</summary>
internal static class RoleAssignmentRules
{
    /// <summary>
    /// The authorization with the roles that are left of it; <c>null</c> if it no longer counts. It counts for the project and the grant
    /// that it was made for, and its roles for the roles of that time. So nothing that was removed comes back under the same name, and
    /// nobody has to visit all users when something is removed.
    /// </summary>
    public static RoleAssignment? Standing(RoleAssignment assignment, Project? project)
    {
        if (project is null || project.CreatedAt != assignment.ProjectCreatedAt)
        {
            return null;
        }

        var grant = project.FindGrant(assignment.OrganizationId);
        if (assignment.OrganizationId != project.OrganizationId && (grant is null || grant.CreatedAt != assignment.GrantCreatedAt))
        {
            return null;
        }

        var left = assignment.Roles.RemoveAll(role => Given(project, assignment.OrganizationId, role.Key) != role);
        return left.Length == assignment.Roles.Length ? assignment : assignment with { Roles = left };
    }

    /// <summary>
    /// A row of the list with the roles that are left of it; <c>null</c> if its project, or the grant under which it was given, is gone.
    /// The rows follow a removal a little later.
    /// </summary>
    public static RoleAssignmentRow? Listed(RoleAssignmentRow row, Project? project) =>
        project is null || (row.OrganizationId != project.OrganizationId && project.FindGrant(row.OrganizationId) is null)
            ? null
            : row with
            {
                RoleKeys = row.RoleKeys.RemoveAll(key => Given(project, row.OrganizationId, key) is null),
            };

    /// <summary>
    /// Whether an authorization that stands gives roles at present, by the project as it counts: what a closed organization owns or was
    /// granted is inactive there (<see cref="ProjectRules.Counting"/>).
    /// </summary>
    public static bool IsInForce(RoleAssignment assignment, Project project) =>
        !assignment.IsInactive && !project.IsInactive && project.IsOpenTo(assignment.OrganizationId);

    /// <summary>
    /// A role as an organization gives it now; <c>null</c> if there is no such role, or the organization may not give it.
    /// </summary>
    public static AssignedRole? Given(Project project, string organizationId, string key) =>
        project.FindRole(key) is not { } role ? null
        : organizationId == project.OrganizationId ? new AssignedRole(key, role.CreatedAt)
        : project.FindGrant(organizationId)?.FindRole(key) is { } granted ? new AssignedRole(key, role.CreatedAt, granted.GrantedAt)
        : null;

    /// <summary>The roles as an organization gives them now. Fails with <c>PROJECT-Rol01</c>.</summary>
    public static ImmutableArray<AssignedRole> Given(Project project, string organizationId, ImmutableArray<string> keys) =>
        [
            .. keys.Distinct(StringComparer.Ordinal)
                .Select(key => Given(project, organizationId, key) ?? throw new SessionException(SessionErrors.ProjectRoleUnknown)),
        ];
}
