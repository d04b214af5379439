using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.ProjectV2;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Projects of organizations. Roles and grants are in files of their own.</summary>
internal sealed partial class ProjectService(Grains grains, IdGenerator ids) : Protocol.ProjectV2.ProjectService.ProjectServiceBase
{
    public override async Task<CreateProjectResponse> CreateProject(CreateProjectRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var command = new NewProject
        {
            Id = request.HasProjectId ? request.ProjectId : await ids.NextAsync(),
            IsIdChosen = request.HasProjectId,
            OrganizationId = request.OrganizationId,
            Settings = new ProjectChange
            {
                Name = request.Name,
                AssertRoles = request.ProjectRoleAssertion,
                RequireAuthorization = request.AuthorizationRequired,
                RequireAccess = request.ProjectAccessRequired,
                Branding = (ProjectBranding)request.PrivateLabelingSetting,
            },
        };
        var project = await grains.CallAsync(() => grains.Projects.CreateAsync(caller, command), context.CancellationToken);
        return new CreateProjectResponse { ProjectId = project.Id, CreationDate = Timestamps.Of(project.CreatedAt) };
    }

    public override async Task<UpdateProjectResponse> UpdateProject(UpdateProjectRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var change = new ProjectChange
        {
            Name = request.HasName ? request.Name : null,
            AssertRoles = request.HasProjectRoleAssertion ? request.ProjectRoleAssertion : null,
            RequireAuthorization = request.HasAuthorizationRequired ? request.AuthorizationRequired : null,
            RequireAccess = request.HasProjectAccessRequired ? request.ProjectAccessRequired : null,
            Branding = request.HasPrivateLabelingSetting ? (ProjectBranding)request.PrivateLabelingSetting : null,
        };
        var project = await grains.CallAsync(
            () => grains.Projects.UpdateAsync(caller, request.ProjectId, change),
            context.CancellationToken
        );
        return new UpdateProjectResponse { ChangeDate = Timestamps.Of(project.ChangedAt) };
    }

    public override async Task<DeleteProjectResponse> DeleteProject(DeleteProjectRequest request, ServerCallContext context)
    {
        var at = await grains.Projects.DeleteAsync(context.Caller(), request.ProjectId);
        return new DeleteProjectResponse { DeletionDate = at is { } deletedAt ? Timestamps.Of(deletedAt) : null };
    }

    public override async Task<GetProjectResponse> GetProject(GetProjectRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var project = await grains.CallAsync(() => grains.Projects.GetAsync(caller, request.ProjectId), context.CancellationToken);
        return new GetProjectResponse { Project = ProjectMessages.Owned(project) };
    }

    public override async Task<DeactivateProjectResponse> DeactivateProject(DeactivateProjectRequest request, ServerCallContext context)
    {
        var project = await grains.Projects.SetActiveAsync(context.Caller(), request.ProjectId, isActive: false);
        return new DeactivateProjectResponse { ChangeDate = Timestamps.Of(project.ChangedAt) };
    }

    public override async Task<ActivateProjectResponse> ActivateProject(ActivateProjectRequest request, ServerCallContext context)
    {
        var project = await grains.Projects.SetActiveAsync(context.Caller(), request.ProjectId, isActive: true);
        return new ActivateProjectResponse { ChangeDate = Timestamps.Of(project.ChangedAt) };
    }

    public override async Task<ListProjectsResponse> ListProjects(ListProjectsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var projects = await grains.CallAsync(() => grains.Projects.ListAsync(caller), context.CancellationToken);
        var found = projects
            .SelectMany(project => ProjectMessages.Entries(project, caller))
            .Where(entry => request.Filters.All(filter => ProjectFilters.Matches(entry, filter)));
        var sorted = request.SortingColumn switch
        {
            ProjectFieldName.CreationDate => found.OrderBy(entry => entry.CreationDate.ToDateTimeOffset()),
            ProjectFieldName.ChangeDate => found.OrderBy(entry => entry.ChangeDate.ToDateTimeOffset()),
            ProjectFieldName.Name => found.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase),
            _ => found.OrderBy(entry => entry.ProjectId, StringComparer.Ordinal),
        };
        var (page, pagination) = ListPage.Of(ProjectMessages.Ordered(sorted, request.Pagination), request.Pagination);
        var response = new ListProjectsResponse { Pagination = pagination, Projects = { page } };
        foreach (var entry in response.Projects.Where(entry => entry.HasGrantedOrganizationId))
        {
            entry.GrantedOrganizationName = await NameOfAsync(entry.GrantedOrganizationId, context.CancellationToken);
        }

        return response;
    }

    private async Task<string> NameOfAsync(string organizationId, CancellationToken cancellationToken) =>
        await grains.CallAsync(() => grains.Organizations.NameOfAsync(organizationId), cancellationToken) ?? "";
}
