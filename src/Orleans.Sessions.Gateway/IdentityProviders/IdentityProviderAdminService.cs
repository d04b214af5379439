using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.AdminV1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Manages the configuration of identity providers.</summary>
internal sealed class IdentityProviderAdminService(Grains grains, IdGenerator ids)
    : Protocol.AdminV1.IdentityProviderAdminService.IdentityProviderAdminServiceBase
{
    public override async Task<AddGenericOIDCProviderResponse> AddGenericOIDCProvider(
        AddGenericOIDCProviderRequest request,
        ServerCallContext context
    )
    {
        var (id, caller, settings) = (await ids.NextAsync(), context.Caller(), IdentityProviderMessages.Settings(request));
        var details = await grains.CallAsync(() => grains.IdentityProviders.AddAsync(caller, id, settings), context.CancellationToken);
        return new AddGenericOIDCProviderResponse { Id = id, Details = IdentityProviderMessages.Details(details) };
    }

    public override async Task<UpdateGenericOIDCProviderResponse> UpdateGenericOIDCProvider(
        UpdateGenericOIDCProviderRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Details = IdentityProviderMessages.Details(
                await grains.IdentityProviders.UpdateAsync(context.Caller(), request.Id, IdentityProviderMessages.Settings(request))
            ),
        };

    public override async Task<DeleteProviderResponse> DeleteProvider(DeleteProviderRequest request, ServerCallContext context) =>
        new() { Details = IdentityProviderMessages.Details(await grains.IdentityProviders.RemoveAsync(context.Caller(), request.Id)) };
}
