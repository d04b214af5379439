using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.AdminV1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Manages the configuration of identity providers.</summary>
internal sealed class IdentityProviderAdminService(IGrainFactory grains, IdGenerator ids, TimeProvider clock)
    : Protocol.AdminV1.IdentityProviderAdminService.IdentityProviderAdminServiceBase
{
    private IIdentityProvidersGrain Providers => grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);

    public override async Task<AddGenericOIDCProviderResponse> AddGenericOIDCProvider(
        AddGenericOIDCProviderRequest request,
        ServerCallContext context
    )
    {
        var (id, caller, settings) = (await ids.NextAsync(), context.Caller(), IdentityProviderMessages.Settings(request));
        var details = await GrainCalls.RepeatIdempotentAsync(
            () => Providers.AddAsync(caller, id, settings),
            clock,
            context.CancellationToken
        );
        return new AddGenericOIDCProviderResponse { Id = id, Details = IdentityProviderMessages.Details(details) };
    }

    public override async Task<UpdateGenericOIDCProviderResponse> UpdateGenericOIDCProvider(
        UpdateGenericOIDCProviderRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Details = IdentityProviderMessages.Details(
                await Providers.UpdateAsync(context.Caller(), request.Id, IdentityProviderMessages.Settings(request))
            ),
        };

    public override async Task<DeleteProviderResponse> DeleteProvider(DeleteProviderRequest request, ServerCallContext context) =>
        new() { Details = IdentityProviderMessages.Details(await Providers.RemoveAsync(context.Caller(), request.Id)) };
}
