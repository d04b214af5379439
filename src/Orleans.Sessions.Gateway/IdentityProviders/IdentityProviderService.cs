using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.IdpV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Tells login frontends about one provider.</summary>
internal sealed class IdentityProviderService(Grains grains) : Protocol.IdpV2.IdentityProviderService.IdentityProviderServiceBase
{
    public override async Task<GetIDPByIDResponse> GetIDPByID(GetIDPByIDRequest request, ServerCallContext context)
    {
        var providers = grains.IdentityProviders;
        var provider = await grains.CallAsync(() => providers.GetAsync(context.Caller(), request.Id), context.CancellationToken);
        return new GetIDPByIDResponse { Idp = IdentityProviderMessages.Provider(provider) };
    }
}
