using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.AuthorizationV2;
using Orleans.Sessions.Protocol.FilterV2;
using FilterCase = Orleans.Sessions.Protocol.AuthorizationV2.AuthorizationsSearchFilter.FilterOneofCase;
using StoredProject = Orleans.Sessions.Projects.Project;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Which roles people have in projects.</summary>
internal sealed class AuthorizationService(Grains grains, IdGenerator ids)
    : Protocol.AuthorizationV2.AuthorizationService.AuthorizationServiceBase
{
    private const int DefaultLimit = 100;

    public override async Task<CreateAuthorizationResponse> CreateAuthorization(
        CreateAuthorizationRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var (id, keys) = (await ids.NextAsync(), Keys(request.RoleKeys));
        var organizationId = request.OrganizationId.Length > 0 ? request.OrganizationId : null;
        var assigned = await grains.CallAsync(
            () => grains.UserRoles(request.UserId).AssignAsync(caller, id, request.ProjectId, organizationId, keys),
            context.CancellationToken
        );
        return new CreateAuthorizationResponse { Id = assigned.Id, CreationDate = Timestamps.Of(assigned.CreatedAt) };
    }

    public override async Task<UpdateAuthorizationResponse> UpdateAuthorization(
        UpdateAuthorizationRequest request,
        ServerCallContext context
    )
    {
        var (caller, keys) = (context.Caller(), Keys(request.RoleKeys));
        var roles = await RolesAsync(context, Permission.UserGrantWrite, request.Id) ?? throw Unknown();
        var changed = await grains.CallAsync(() => roles.UpdateAsync(caller, request.Id, keys), context.CancellationToken);
        return new UpdateAuthorizationResponse { ChangeDate = Timestamps.Of(changed.ChangedAt) };
    }

    public override async Task<DeleteAuthorizationResponse> DeleteAuthorization(
        DeleteAuthorizationRequest request,
        ServerCallContext context
    )
    {
        var roles = await RolesAsync(context, Permission.UserGrantDelete, request.Id);
        var at = roles is null ? null : await roles.RemoveAsync(context.Caller(), request.Id);
        return new DeleteAuthorizationResponse { DeletionDate = at is { } deletedAt ? Timestamps.Of(deletedAt) : null };
    }

    public override async Task<ActivateAuthorizationResponse> ActivateAuthorization(
        ActivateAuthorizationRequest request,
        ServerCallContext context
    )
    {
        var roles = await RolesAsync(context, Permission.UserGrantWrite, request.Id) ?? throw Unknown();
        var changed = await roles.SetActiveAsync(context.Caller(), request.Id, isActive: true);
        return new ActivateAuthorizationResponse { ChangeDate = Timestamps.Of(changed.ChangedAt) };
    }

    public override async Task<DeactivateAuthorizationResponse> DeactivateAuthorization(
        DeactivateAuthorizationRequest request,
        ServerCallContext context
    )
    {
        var roles = await RolesAsync(context, Permission.UserGrantWrite, request.Id) ?? throw Unknown();
        var changed = await roles.SetActiveAsync(context.Caller(), request.Id, isActive: false);
        return new DeactivateAuthorizationResponse { ChangeDate = Timestamps.Of(changed.ChangedAt) };
    }

    public override async Task<ListAuthorizationsResponse> ListAuthorizations(ListAuthorizationsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = new RoleAssignmentQuery
        {
            Filters = [.. request.Filters.Select(Filter)],
            SortBy = (RoleAssignmentField)request.SortingColumn,
            Ascending = request.Pagination is { Asc: true },
            Offset = (long)Math.Min(request.Pagination?.Offset ?? 0, long.MaxValue),
            Limit = request.Pagination is { Limit: > 0 } page ? (int)Math.Min(page.Limit, int.MaxValue) : DefaultLimit,
            ExactTotal = CountPreference.IsExact(context.Request()),
        };
        var found = await grains.CallOnceAsync(() => grains.RoleAssignments.SearchAsync(caller, query), context.CancellationToken);
        var projects = found.Projects.ToDictionary(project => project.Id, StringComparer.Ordinal);
        var names = await NamesAsync(found.Rows.Select(row => row.OrganizationId), context.CancellationToken);
        return new ListAuthorizationsResponse
        {
            Pagination = new PaginationResponse
            {
                TotalResult = (ulong)found.Total,
                AppliedLimit = (ulong)query.Limit,
                TotalIsExact = found.IsTotalExact,
            },
            Authorizations = { found.Rows.Select(row => Message(row, projects[row.ProjectId], names[row.OrganizationId])) },
        };
    }

    private async Task<IUserRolesGrain?> RolesAsync(ServerCallContext context, Permission permission, string id)
    {
        var caller = context.Caller();
        var userId = await grains.CallAsync(() => grains.RoleAssignments.LocateAsync(caller, permission, id), context.CancellationToken);
        return userId is null ? null : grains.UserRoles(userId);
    }

    private async Task<Dictionary<string, string>> NamesAsync(IEnumerable<string> organizationIds, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in organizationIds.Distinct(StringComparer.Ordinal))
        {
            names[id] = await grains.CallAsync(() => grains.Organizations.NameOfAsync(id), cancellationToken) ?? "";
        }

        return names;
    }

    private static Authorization Message(RoleAssignmentRow row, StoredProject project, string organizationName) =>
        new()
        {
            Id = row.Id,
            CreationDate = Timestamps.Of(row.CreatedAt),
            ChangeDate = Timestamps.Of(row.ChangedAt),
            Project = new Protocol.AuthorizationV2.Project
            {
                Id = project.Id,
                Name = project.Name,
                OrganizationId = project.OrganizationId,
            },
            Organization = new Organization { Id = row.OrganizationId, Name = organizationName },
            User = new User
            {
                Id = row.UserId,
                PreferredLoginName = row.LoginName,
                DisplayName = row.DisplayName,
                OrganizationId = row.UserOrganizationId,
            },
            State = row.IsInactive ? State.Inactive : State.Active,
            Roles =
            {
                row
                    .RoleKeys.Select(project.FindRole)
                    .OfType<ProjectRole>()
                    .Select(role => new Role
                    {
                        Key = role.Key,
                        DisplayName = role.DisplayName,
                        Group = role.Group,
                    }),
            },
        };

    private static RoleAssignmentFilter Filter(AuthorizationsSearchFilter filter) =>
        filter.FilterCase switch
        {
            FilterCase.AuthorizationIds => new RoleAssignmentFilter.Ids([.. filter.AuthorizationIds.Ids]),
            FilterCase.OrganizationId => new RoleAssignmentFilter.Organization(filter.OrganizationId.Id),
            FilterCase.State => new RoleAssignmentFilter.State(filter.State.State == State.Inactive),
            FilterCase.InUserIds => new RoleAssignmentFilter.OfUsers([.. filter.InUserIds.Ids]),
            FilterCase.UserOrganizationId => new RoleAssignmentFilter.UserOrganization(filter.UserOrganizationId.Id),
            FilterCase.UserPreferredLoginName => new RoleAssignmentFilter.LoginName(
                filter.UserPreferredLoginName.LoginName,
                (TextMethod)filter.UserPreferredLoginName.Method
            ),
            FilterCase.UserDisplayName => new RoleAssignmentFilter.DisplayName(
                filter.UserDisplayName.DisplayName,
                (TextMethod)filter.UserDisplayName.Method
            ),
            FilterCase.ProjectId => new RoleAssignmentFilter.OfProjects([filter.ProjectId.Id]),
            FilterCase.ProjectName => new RoleAssignmentFilter.ProjectName(filter.ProjectName.Name, (TextMethod)filter.ProjectName.Method),
            FilterCase.RoleKey => new RoleAssignmentFilter.Role(filter.RoleKey.Key, (TextMethod)filter.RoleKey.Method),
            _ => throw new SessionException(SessionErrors.NotOffered),
        };

    private static ImmutableArray<string> Keys(IEnumerable<string> keys) => [.. keys.Distinct(StringComparer.Ordinal)];

    private static SessionException Unknown() => new(SessionErrors.RoleAssignmentUnknown);
}
