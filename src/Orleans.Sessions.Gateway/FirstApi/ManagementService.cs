using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.ManagementV1;

namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>What examples of ZITADEL's first API begin with, for an organization.</summary>
internal sealed class ManagementService(Grains grains) : Protocol.ManagementV1.ManagementService.ManagementServiceBase
{
    public override Task<HealthzResponse> Healthz(HealthzRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthzResponse());

    /// <summary>Everybody with a token may know the default organization: most users belong to it, and see that.</summary>
    public override async Task<GetIAMResponse> GetIAM(GetIAMRequest request, ServerCallContext context)
    {
        var organizations = await grains.CallAsync(() => grains.Organizations.ListAsync(Caller.InCluster), context.CancellationToken);
        return new GetIAMResponse { DefaultOrgId = organizations.First(organization => organization.IsDefault).Id };
    }

    public override async Task<GetMyOrgResponse> GetMyOrg(GetMyOrgRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var id = context.RequestHeaders.GetValue("x-zitadel-orgid") is { Length: > 0 } named ? named : caller.OrganizationId;
        caller.Require(Permission.OrganizationRead, id);
        var organizations = await grains.CallAsync(() => grains.Organizations.ListAsync(caller), context.CancellationToken);
        return organizations.FirstOrDefault(organization => organization.Id == id) is { } found
            ? new GetMyOrgResponse { Org = V1Messages.Organization(found) }
            : throw new SessionException(SessionErrors.OrganizationUnknown);
    }
}
