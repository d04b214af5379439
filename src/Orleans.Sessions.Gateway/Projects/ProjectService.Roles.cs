using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.ProjectV2;

namespace Orleans.Sessions.Gateway.Projects;

/// <content>The roles of projects.</content>
internal sealed partial class ProjectService
{
    public override async Task<AddProjectRoleResponse> AddProjectRole(AddProjectRoleRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var role = new ProjectRoleChange(request.RoleKey, request.DisplayName, request.HasGroup ? request.Group : null);
        var added = await grains.CallAsync(() => grains.Projects.AddRoleAsync(caller, request.ProjectId, role), context.CancellationToken);
        return new AddProjectRoleResponse { CreationDate = Timestamps.Of(added.CreatedAt) };
    }

    public override async Task<UpdateProjectRoleResponse> UpdateProjectRole(UpdateProjectRoleRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var role = new ProjectRoleChange(
            request.RoleKey,
            request.HasDisplayName ? request.DisplayName : null,
            request.HasGroup ? request.Group : null
        );
        var changed = await grains.CallAsync(
            () => grains.Projects.UpdateRoleAsync(caller, request.ProjectId, role),
            context.CancellationToken
        );
        return new UpdateProjectRoleResponse { ChangeDate = Timestamps.Of(changed.ChangedAt) };
    }

    public override async Task<RemoveProjectRoleResponse> RemoveProjectRole(RemoveProjectRoleRequest request, ServerCallContext context)
    {
        var at = await grains.Projects.RemoveRoleAsync(context.Caller(), request.ProjectId, request.RoleKey);
        return new RemoveProjectRoleResponse { RemovalDate = at is { } removedAt ? Timestamps.Of(removedAt) : null };
    }

    public override async Task<ListProjectRolesResponse> ListProjectRoles(ListProjectRolesRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var project = await grains.CallAsync(() => grains.Projects.GetAsync(caller, request.ProjectId), context.CancellationToken);
        var found = project.Roles.Where(role => request.Filters.All(filter => ProjectFilters.Matches(role, filter)));
        var sorted = request.SortingColumn switch
        {
            ProjectRoleFieldName.CreationDate => found.OrderBy(role => role.CreatedAt),
            ProjectRoleFieldName.ChangeDate => found.OrderBy(role => role.ChangedAt),
            _ => found.OrderBy(role => role.Key, StringComparer.Ordinal),
        };
        var (page, pagination) = ListPage.Of(ProjectMessages.Ordered(sorted, request.Pagination), request.Pagination);
        return new ListProjectRolesResponse
        {
            Pagination = pagination,
            ProjectRoles = { page.Select(role => ProjectMessages.Role(project.Id, role)) },
        };
    }
}
