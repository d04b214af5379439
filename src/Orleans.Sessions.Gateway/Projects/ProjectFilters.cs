using Orleans.Sessions.Protocol.ProjectV2;
using OrganizationType = Orleans.Sessions.Protocol.ProjectV2.ProjectOrganizationIDFilter.Types.Type;
using ProjectRole = Orleans.Sessions.Projects.ProjectRole;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>The conditions of searches for projects, roles and grants.</summary>
internal static class ProjectFilters
{
    public static bool Matches(Project entry, ProjectSearchFilter filter) =>
        filter.FilterCase switch
        {
            ProjectSearchFilter.FilterOneofCase.ProjectNameFilter => Matches(entry.Name, filter.ProjectNameFilter),
            ProjectSearchFilter.FilterOneofCase.InProjectIdsFilter => filter.InProjectIdsFilter.Ids.Contains(entry.ProjectId),
            _ => Matches(entry, filter.OrganizationIdFilter),
        };

    public static bool Matches(ProjectRole role, ProjectRoleSearchFilter filter) =>
        filter.FilterCase switch
        {
            ProjectRoleSearchFilter.FilterOneofCase.RoleKeyFilter => TextMatch.Is(
                role.Key,
                filter.RoleKeyFilter.Key,
                (TextMethod)filter.RoleKeyFilter.Method
            ),
            _ => TextMatch.Is(role.DisplayName, filter.DisplayNameFilter.DisplayName, (TextMethod)filter.DisplayNameFilter.Method),
        };

    public static bool Matches(ProjectGrant grant, ProjectGrantSearchFilter filter) =>
        filter.FilterCase switch
        {
            ProjectGrantSearchFilter.FilterOneofCase.ProjectNameFilter => Matches(grant.ProjectName, filter.ProjectNameFilter),
            ProjectGrantSearchFilter.FilterOneofCase.RoleKeyFilter => grant.GrantedRoleKeys.Any(key =>
                TextMatch.Is(key, filter.RoleKeyFilter.Key, (TextMethod)filter.RoleKeyFilter.Method)
            ),
            ProjectGrantSearchFilter.FilterOneofCase.InProjectIdsFilter => filter.InProjectIdsFilter.Ids.Contains(grant.ProjectId),
            ProjectGrantSearchFilter.FilterOneofCase.OrganizationIdFilter => grant.OrganizationId == filter.OrganizationIdFilter.Id,
            _ => grant.GrantedOrganizationId == filter.GrantedOrganizationIdFilter.Id,
        };

    private static bool Matches(string name, ProjectNameFilter filter) => TextMatch.Is(name, filter.ProjectName, (TextMethod)filter.Method);

    private static bool Matches(Project entry, ProjectOrganizationIDFilter filter)
    {
        var isOwned = !entry.HasGrantedOrganizationId && entry.OrganizationId == filter.OrganizationId;
        var isGranted = entry.HasGrantedOrganizationId && entry.GrantedOrganizationId == filter.OrganizationId;
        return filter.Type switch
        {
            OrganizationType.Owned => isOwned,
            OrganizationType.Granted => isGranted,
            _ => isOwned || isGranted,
        };
    }
}
