using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <content>What the user has at present.</content>
internal sealed partial class UserRolesGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<ProjectRoles>> GetAsync(ImmutableArray<string> projectIds) => InForceAsync(projectIds, _ => true);

    /// <inheritdoc/>
    public async Task<ImmutableArray<ProjectRoles>> ListAsync(Caller caller)
    {
        await EnsureUserAsync(caller);
        var isSelf = GrainKeys.Id(this.GetPrimaryKeyString()) == caller.UserId;
        var assignments = (await LoadAsync()).Assignments;
        var projectIds = assignments.Select(assignment => assignment.ProjectId).Distinct(StringComparer.Ordinal);
        var found = await InForceAsync([.. projectIds.Order(StringComparer.Ordinal)], assignment =>
            isSelf || caller.May(Permission.UserGrantRead, assignment.OrganizationId)
        );
        return found.RemoveAll(project => !project.IsAuthorized);
    }

    /// <summary>What the user has in those of these projects that are active, by those authorizations that count here.</summary>
    private async Task<ImmutableArray<ProjectRoles>> InForceAsync(ImmutableArray<string> projectIds, Func<RoleAssignment, bool> counts)
    {
        var assignments = (await LoadAsync()).Assignments;
        var projects = await Task.WhenAll(projectIds.Select(Projects.FindAsync));
        return
        [
            .. from project in projects.OfType<Project>()
            where !project.IsInactive
            let inForce = assignments
                .Where(assignment => assignment.ProjectId == project.Id && counts(assignment))
                .Select(assignment => RoleAssignmentRules.Standing(assignment, project))
                .OfType<RoleAssignment>()
                .Where(assignment => RoleAssignmentRules.IsInForce(assignment, project))
                .ToList()
            select new ProjectRoles(
                project.Id,
                project.AssertRoles,
                inForce.Count > 0,
                [.. inForce.SelectMany(assignment => assignment.Roles.Select(role => new GrantedRole(role.Key, assignment.OrganizationId)))]
            ),
        ];
    }
}
