using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.AuthV1;

namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>What examples of ZITADEL's first API begin with, for the caller.</summary>
internal sealed class AuthService(Grains grains) : Protocol.AuthV1.AuthService.AuthServiceBase
{
    public override Task<HealthzResponse> Healthz(HealthzRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthzResponse());

    public override async Task<GetMyUserResponse> GetMyUser(GetMyUserRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var view = await grains.CallAsync(() => grains.User(caller.UserId).GetAsync(caller), context.CancellationToken);
        return new GetMyUserResponse { User = V1Messages.User(view) };
    }
}
