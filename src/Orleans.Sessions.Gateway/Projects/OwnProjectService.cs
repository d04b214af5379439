using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.ProjectsV1;
using Project = Orleans.Sessions.Projects.Project;
using ProjectGrant = Orleans.Sessions.Projects.ProjectGrant;
using ProjectMessage = Orleans.Sessions.Protocol.ProjectsV1.Project;
using ProjectRole = Orleans.Sessions.Projects.ProjectRole;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>The projects of <see cref="ProjectService"/>, with fewer methods and with paths for REST.</summary>
internal sealed class OwnProjectService(Grains grains, IdGenerator ids) : Protocol.ProjectsV1.ProjectService.ProjectServiceBase
{
    public override async Task<CreateProjectResponse> CreateProject(CreateProjectRequest request, ServerCallContext context)
    {
        var (caller, isIdChosen) = (context.Caller(), request.ProjectId.Length > 0);
        var command = new NewProject
        {
            Id = isIdChosen ? request.ProjectId : await ids.NextAsync(),
            IsIdChosen = isIdChosen,
            OrganizationId = request.OrganizationId,
            Settings = Change(request.Settings),
        };
        var project = await grains.CallAsync(() => grains.Projects.CreateAsync(caller, command), context.CancellationToken);
        return new CreateProjectResponse { Project = Message(project) };
    }

    public override async Task<GetProjectResponse> GetProject(GetProjectRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var project = await grains.CallAsync(() => grains.Projects.GetAsync(caller, request.ProjectId), context.CancellationToken);
        return new GetProjectResponse { Project = Message(project) };
    }

    public override async Task<ListProjectsResponse> ListProjects(ListProjectsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var projects = await grains.CallAsync(() => grains.Projects.ListAsync(caller), context.CancellationToken);
        var found = projects
            .Where(project => request.OrganizationId.Length == 0 || project.OrganizationId == request.OrganizationId)
            .Where(project => TextMatch.Is(project.Name, request.Name, TextMethod.ContainsIgnoreCase))
            .OrderBy(project => project.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(project => project.Id, StringComparer.Ordinal)
            .ToList();
        var (page, pagination) = ListPage.Of(found, new PaginationRequest { Offset = request.Offset, Limit = request.Limit });
        return new ListProjectsResponse
        {
            Projects = { page.Select(project => Message(project with { Roles = [], Grants = [] })) },
            Total = (uint)pagination.TotalResult,
        };
    }

    public override async Task<UpdateProjectResponse> UpdateProject(UpdateProjectRequest request, ServerCallContext context)
    {
        var (caller, change) = (context.Caller(), Change(request.Settings));
        var project = await grains.CallAsync(
            () => grains.Projects.UpdateAsync(caller, request.ProjectId, change),
            context.CancellationToken
        );
        return new UpdateProjectResponse { Project = Message(project) };
    }

    public override async Task<DeactivateProjectResponse> DeactivateProject(DeactivateProjectRequest request, ServerCallContext context) =>
        new() { Project = Message(await grains.Projects.SetActiveAsync(context.Caller(), request.ProjectId, isActive: false)) };

    public override async Task<ActivateProjectResponse> ActivateProject(ActivateProjectRequest request, ServerCallContext context) =>
        new() { Project = Message(await grains.Projects.SetActiveAsync(context.Caller(), request.ProjectId, isActive: true)) };

    public override async Task<DeleteProjectResponse> DeleteProject(DeleteProjectRequest request, ServerCallContext context) =>
        new() { Deleted = await grains.Projects.DeleteAsync(context.Caller(), request.ProjectId) is not null };

    public override async Task<SetProjectRoleResponse> SetProjectRole(SetProjectRoleRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var change = new ProjectRoleChange(
            request.RoleKey,
            request.HasDisplayName ? request.DisplayName : null,
            request.HasGroup ? request.Group : null
        );
        var role = await grains.CallAsync(() => grains.Projects.SetRoleAsync(caller, request.ProjectId, change), context.CancellationToken);
        return new SetProjectRoleResponse { Role = Message(role) };
    }

    public override async Task<RemoveProjectRoleResponse> RemoveProjectRole(RemoveProjectRoleRequest request, ServerCallContext context) =>
        new() { Removed = await grains.Projects.RemoveRoleAsync(context.Caller(), request.ProjectId, request.RoleKey) is not null };

    public override async Task<SetProjectGrantResponse> SetProjectGrant(SetProjectGrantRequest request, ServerCallContext context)
    {
        ImmutableArray<string> keys = [.. request.RoleKeys];
        var grant = await grains.Projects.SetGrantAsync(context.Caller(), request.ProjectId, request.OrganizationId, keys);
        return new SetProjectGrantResponse { Grant = Message(grant) };
    }

    public override async Task<RemoveProjectGrantResponse> RemoveProjectGrant(RemoveProjectGrantRequest request, ServerCallContext context)
    {
        var at = await grains.Projects.RemoveGrantAsync(context.Caller(), request.ProjectId, request.OrganizationId);
        return new RemoveProjectGrantResponse { Removed = at is not null };
    }

    private static ProjectChange Change(ProjectSettings settings) =>
        new()
        {
            Name = settings.HasName ? settings.Name : null,
            AssertRoles = settings.HasAssertRoles ? settings.AssertRoles : null,
            RequireAuthorization = settings.HasRequireAuthorization ? settings.RequireAuthorization : null,
            RequireAccess = settings.HasRequireAccess ? settings.RequireAccess : null,
        };

    private static ProjectMessage Message(Project project) =>
        new()
        {
            ProjectId = project.Id,
            OrganizationId = project.OrganizationId,
            Settings = new ProjectSettings
            {
                Name = project.Name,
                AssertRoles = project.AssertRoles,
                RequireAuthorization = project.RequireAuthorization,
                RequireAccess = project.RequireAccess,
            },
            Inactive = project.IsInactive,
            Roles = { project.Roles.Select(Message) },
            Grants = { project.Grants.Select(Message) },
            CreationDate = Timestamps.Of(project.CreatedAt),
            ChangeDate = Timestamps.Of(project.ChangedAt),
        };

    private static Protocol.ProjectsV1.ProjectRole Message(ProjectRole role) =>
        new()
        {
            RoleKey = role.Key,
            DisplayName = role.DisplayName,
            Group = role.Group,
            CreationDate = Timestamps.Of(role.CreatedAt),
            ChangeDate = Timestamps.Of(role.ChangedAt),
        };

    private static Protocol.ProjectsV1.ProjectGrant Message(ProjectGrant grant) =>
        new()
        {
            OrganizationId = grant.OrganizationId,
            RoleKeys = { grant.Roles.Select(role => role.Key) },
            Inactive = grant.IsInactive,
            CreationDate = Timestamps.Of(grant.CreatedAt),
            ChangeDate = Timestamps.Of(grant.ChangedAt),
        };
}
