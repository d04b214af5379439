using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.IdpV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Tells login frontends about one provider.</summary>
internal sealed class IdentityProviderService(IGrainFactory grains, TimeProvider clock)
    : Protocol.IdpV2.IdentityProviderService.IdentityProviderServiceBase
{
    public override async Task<GetIDPByIDResponse> GetIDPByID(GetIDPByIDRequest request, ServerCallContext context)
    {
        var providers = grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);
        var provider = await GrainCalls.RepeatIdempotentAsync(
            () => providers.GetAsync(context.Caller(), request.Id),
            clock,
            context.CancellationToken
        );
        return new GetIDPByIDResponse { Idp = IdentityProviderMessages.Provider(provider) };
    }
}
