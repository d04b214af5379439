using Grpc.Core;
using Orleans.Sessions.Gateway.Callers;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.OrgV2;

namespace Orleans.Sessions.Gateway.Organizations;

/// <content>Closing, opening and deleting organizations.</content>
internal sealed partial class OrganizationService
{
    public override async Task<DeactivateOrganizationResponse> DeactivateOrganization(
        DeactivateOrganizationRequest request,
        ServerCallContext context
    )
    {
        var changedAt = await grains.Organization(request.OrganizationId).DeactivateAsync(context.Caller());
        await UntilForgottenAsync(context);
        return new() { ChangeDate = Timestamps.Of(changedAt) };
    }

    public override async Task<ActivateOrganizationResponse> ActivateOrganization(
        ActivateOrganizationRequest request,
        ServerCallContext context
    ) => new() { ChangeDate = Timestamps.Of(await grains.Organization(request.OrganizationId).ActivateAsync(context.Caller())) };

    public override async Task<DeleteOrganizationResponse> DeleteOrganization(DeleteOrganizationRequest request, ServerCallContext context)
    {
        var changedAt = await grains.Organization(request.OrganizationId).DeleteAsync(context.Caller());
        await UntilForgottenAsync(context);
        return new() { DeletionDate = Timestamps.Of(changedAt) };
    }

    /// <summary>
    /// Returns when no node remembers a caller from before, so that after the answer no token of the organization's people works anywhere.
    /// </summary>
    private Task UntilForgottenAsync(ServerCallContext context) => Task.Delay(CallerCache.BelievedFor, clock, context.CancellationToken);
}
