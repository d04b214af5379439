using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.InternalPermissionV2;
using Resource = Orleans.Sessions.Protocol.InternalPermissionV2.ResourceType.ResourceOneofCase;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>Administrator roles: which users may administer this service.</summary>
internal sealed class AdministratorService(Grains grains) : InternalPermissionService.InternalPermissionServiceBase
{
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

    /// <summary>The organization that is administered; <c>null</c> means the instance. Projects do not exist here.</summary>
    private static string? OrganizationOf(ResourceType? resource) =>
        resource?.ResourceCase switch
        {
            Resource.Instance => null,
            Resource.OrganizationId when resource.OrganizationId.Length > 0 => resource.OrganizationId,
            Resource.ProjectId or Resource.ProjectGrant => throw new SessionException(SessionErrors.NotOffered),
            _ => throw new SessionException(SessionErrors.ResourceUnclear),
        };
}
