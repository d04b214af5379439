using Grpc.Core;
using Orleans.Sessions.Protocol.SystemV1;

namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>What monitoring asks ZITADEL's API for several instances.</summary>
internal sealed class SystemService : Protocol.SystemV1.SystemService.SystemServiceBase
{
    public override Task<HealthzResponse> Healthz(HealthzRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthzResponse());
}
