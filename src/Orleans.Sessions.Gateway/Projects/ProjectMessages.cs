using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.ProjectV2;
using Project = Orleans.Sessions.Projects.Project;
using ProjectGrant = Orleans.Sessions.Projects.ProjectGrant;
using ProjectMessage = Orleans.Sessions.Protocol.ProjectV2.Project;
using ProjectRole = Orleans.Sessions.Projects.ProjectRole;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Converts projects to messages.</summary>
internal static class ProjectMessages
{
    /// <summary>The project as its own organization sees it.</summary>
    public static ProjectMessage Owned(Project project) =>
        new()
        {
            ProjectId = project.Id,
            OrganizationId = project.OrganizationId,
            CreationDate = Timestamps.Of(project.CreatedAt),
            ChangeDate = Timestamps.Of(project.ChangedAt),
            Name = project.Name,
            State = project.IsInactive ? ProjectState.Inactive : ProjectState.Active,
            ProjectRoleAssertion = project.AssertRoles,
            AuthorizationRequired = project.RequireAuthorization,
            ProjectAccessRequired = project.RequireAccess,
            PrivateLabelingSetting = (PrivateLabelingSetting)project.Branding,
        };

    /// <summary>
    /// The entries of a list: the project itself, for those who may read it, and one entry for each organization to which it is granted.
    /// </summary>
    public static IEnumerable<ProjectMessage> Entries(Project project, Caller caller)
    {
        if (caller.May(Permission.ProjectRead, project.OrganizationId))
        {
            yield return Owned(project);
        }

        foreach (var grant in project.Grants)
        {
            var entry = Owned(project);
            entry.GrantedOrganizationId = grant.OrganizationId;
            entry.GrantedState = grant.IsInactive ? GrantedProjectState.Inactive : GrantedProjectState.Active;
            yield return entry;
        }
    }

    /// <summary>A role.</summary>
    public static Protocol.ProjectV2.ProjectRole Role(string projectId, ProjectRole role) =>
        new()
        {
            ProjectId = projectId,
            Key = role.Key,
            CreationDate = Timestamps.Of(role.CreatedAt),
            ChangeDate = Timestamps.Of(role.ChangedAt),
            DisplayName = role.DisplayName,
            Group = role.Group,
        };

    /// <summary>A grant, without the name of the organization.</summary>
    public static Protocol.ProjectV2.ProjectGrant Grant(Project project, ProjectGrant grant) =>
        new()
        {
            OrganizationId = project.OrganizationId,
            CreationDate = Timestamps.Of(grant.CreatedAt),
            ChangeDate = Timestamps.Of(grant.ChangedAt),
            GrantedOrganizationId = grant.OrganizationId,
            GrantedRoleKeys = { grant.Roles.Select(role => role.Key) },
            ProjectId = project.Id,
            ProjectName = project.Name,
            State = grant.IsInactive ? ProjectGrantState.Inactive : ProjectGrantState.Active,
        };

    /// <summary>The list in the order that the page asks for: descending unless it says otherwise.</summary>
    public static List<T> Ordered<T>(IEnumerable<T> ascending, PaginationRequest? page) =>
        page is { Asc: true } ? [.. ascending] : [.. ascending.Reverse()];
}
