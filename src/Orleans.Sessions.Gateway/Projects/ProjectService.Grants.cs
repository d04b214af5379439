using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.ProjectV2;

namespace Orleans.Sessions.Gateway.Projects;

/// <content>The grants of projects to other organizations.</content>
internal sealed partial class ProjectService
{
    public override async Task<CreateProjectGrantResponse> CreateProjectGrant(CreateProjectGrantRequest request, ServerCallContext context)
    {
        ImmutableArray<string> keys = [.. request.RoleKeys];
        var grant = await grains.Projects.AddGrantAsync(context.Caller(), request.ProjectId, request.GrantedOrganizationId, keys);
        return new CreateProjectGrantResponse { CreationDate = Timestamps.Of(grant.CreatedAt) };
    }

    public override async Task<UpdateProjectGrantResponse> UpdateProjectGrant(UpdateProjectGrantRequest request, ServerCallContext context)
    {
        ImmutableArray<string> keys = [.. request.RoleKeys];
        var grant = await grains.Projects.UpdateGrantAsync(context.Caller(), request.ProjectId, request.GrantedOrganizationId, keys);
        return new UpdateProjectGrantResponse { ChangeDate = Timestamps.Of(grant.ChangedAt) };
    }

    public override async Task<DeleteProjectGrantResponse> DeleteProjectGrant(DeleteProjectGrantRequest request, ServerCallContext context)
    {
        var at = await grains.Projects.RemoveGrantAsync(context.Caller(), request.ProjectId, request.GrantedOrganizationId);
        return new DeleteProjectGrantResponse { DeletionDate = at is { } deletedAt ? Timestamps.Of(deletedAt) : null };
    }

    public override async Task<DeactivateProjectGrantResponse> DeactivateProjectGrant(
        DeactivateProjectGrantRequest request,
        ServerCallContext context
    )
    {
        var grant = await grains.Projects.SetGrantActiveAsync(
            context.Caller(),
            request.ProjectId,
            request.GrantedOrganizationId,
            isActive: false
        );
        return new DeactivateProjectGrantResponse { ChangeDate = Timestamps.Of(grant.ChangedAt) };
    }

    public override async Task<ActivateProjectGrantResponse> ActivateProjectGrant(
        ActivateProjectGrantRequest request,
        ServerCallContext context
    )
    {
        var grant = await grains.Projects.SetGrantActiveAsync(
            context.Caller(),
            request.ProjectId,
            request.GrantedOrganizationId,
            isActive: true
        );
        return new ActivateProjectGrantResponse { ChangeDate = Timestamps.Of(grant.ChangedAt) };
    }

    public override async Task<ListProjectGrantsResponse> ListProjectGrants(ListProjectGrantsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var projects = await grains.CallAsync(() => grains.Projects.ListAsync(caller), context.CancellationToken);
        var found = projects
            .SelectMany(project => project.Grants.Select(grant => ProjectMessages.Grant(project, grant)))
            .Where(grant => request.Filters.All(filter => ProjectFilters.Matches(grant, filter)));
        var sorted = request.SortingColumn switch
        {
            ProjectGrantFieldName.CreationDate => found.OrderBy(grant => grant.CreationDate.ToDateTimeOffset()),
            ProjectGrantFieldName.ChangeDate => found.OrderBy(grant => grant.ChangeDate.ToDateTimeOffset()),
            _ => found
                .OrderBy(grant => grant.ProjectId, StringComparer.Ordinal)
                .ThenBy(grant => grant.GrantedOrganizationId, StringComparer.Ordinal),
        };
        var (page, pagination) = ListPage.Of(ProjectMessages.Ordered(sorted, request.Pagination), request.Pagination);
        var response = new ListProjectGrantsResponse { Pagination = pagination, ProjectGrants = { page } };
        foreach (var grant in response.ProjectGrants)
        {
            grant.GrantedOrganizationName = await NameOfAsync(grant.GrantedOrganizationId, context.CancellationToken);
        }

        return response;
    }
}
