using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.InternalPermissionV2;
using Resource = Orleans.Sessions.Protocol.InternalPermissionV2.ResourceType.ResourceOneofCase;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>Administrator roles: which users may administer this service.</summary>
internal sealed class AdministratorService(Grains grains) : InternalPermissionService.InternalPermissionServiceBase
{
    public override async Task<ListAdministratorsResponse> ListAdministrators(ListAdministratorsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        AdministratorFilters.EnsureSize(request.Filters);
        var userIds = AdministratorFilters.UserIdsOf(request.Filters);
        var visible = await grains.CallOnceAsync(() => grains.Administrators.ListAsync(caller, userIds), context.CancellationToken);
        var found = AdministratorFilters.Sorted(
            visible.Where(view => request.Filters.All(filter => AdministratorFilters.Matches(view, filter))),
            request.SortingColumn,
            request.Pagination is { Asc: true }
        );
        var (page, pagination) = ListPage.Of(found, request.Pagination);
        var views = page.ToList();
        var names = views.Exists(view => view.OrganizationId is not null)
            ? await grains.CallAsync(() => grains.Organizations.ListAsync(Caller.InCluster), context.CancellationToken)
            : [];
        var nameOf = names.ToDictionary(organization => organization.Id, organization => organization.Name, StringComparer.Ordinal);
        return new ListAdministratorsResponse { Pagination = pagination, Administrators = { views.Select(view => Message(view, nameOf)) } };
    }

    public override async Task<CreateAdministratorResponse> CreateAdministrator(
        CreateAdministratorRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            CreationDate = Timestamps.Of(
                await grains
                    .User(request.UserId)
                    .AddAdministratorAsync(context.Caller(), OrganizationOf(request.Resource), [.. request.Roles])
            ),
        };

    public override async Task<UpdateAdministratorResponse> UpdateAdministrator(
        UpdateAdministratorRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            ChangeDate = Timestamps.Of(
                await grains
                    .User(request.UserId)
                    .UpdateAdministratorAsync(context.Caller(), OrganizationOf(request.Resource), [.. request.Roles])
            ),
        };

    public override async Task<DeleteAdministratorResponse> DeleteAdministrator(
        DeleteAdministratorRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            DeletionDate = await grains.User(request.UserId).RemoveAdministratorAsync(context.Caller(), OrganizationOf(request.Resource))
                is { } removedAt
                ? Timestamps.Of(removedAt)
                : null,
        };

    private static Administrator Message(AdministratorView view, Dictionary<string, string> nameOf)
    {
        var message = new Administrator
        {
            CreationDate = Timestamps.Of(view.CreatedAt),
            ChangeDate = Timestamps.Of(view.ChangedAt),
            User = new Protocol.InternalPermissionV2.User
            {
                Id = view.UserId,
                PreferredLoginName = view.LoginName,
                DisplayName = view.DisplayName,
                OrganizationId = view.UserOrganizationId,
            },
            Roles = { view.Roles },
        };
        if (view.OrganizationId is { } id)
        {
            message.Organization = new Protocol.InternalPermissionV2.Organization { Id = id, Name = nameOf.GetValueOrDefault(id, "") };
        }
        else
        {
            message.Instance = true;
        }

        return message;
    }

    /// <summary>
    /// The organization that is administered; <c>null</c> means the instance. Projects have no administrators of their own.
    /// </summary>
    private static string? OrganizationOf(ResourceType? resource) =>
        resource?.ResourceCase switch
        {
            Resource.Instance => null,
            Resource.OrganizationId when resource.OrganizationId.Length > 0 => resource.OrganizationId,
            Resource.ProjectId or Resource.ProjectGrant => throw new SessionException(SessionErrors.NotOffered),
            _ => throw new SessionException(SessionErrors.ResourceUnclear),
        };
}
