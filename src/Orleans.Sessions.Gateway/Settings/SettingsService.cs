using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SettingsV2;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>What login frontends ask before they show a page.</summary>
internal sealed class SettingsService(IGrainFactory grains, TimeProvider clock) : Protocol.SettingsV2.SettingsService.SettingsServiceBase
{
    public override async Task<GetActiveIdentityProvidersResponse> GetActiveIdentityProviders(
        GetActiveIdentityProvidersRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var organizationId = request.Ctx is { HasOrgId: true } ? request.Ctx.OrgId : caller.OrganizationId;
        var providers = await GrainCalls.RepeatAsync(
            () => grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance).ListAsync(caller, organizationId), clock, context.CancellationToken);
        var found = providers.Where(provider => Matches(request, provider.Policy)).ToList();
        return new GetActiveIdentityProvidersResponse
        {
            Details = new ListDetails { TotalResult = (ulong)found.Count, Timestamp = UserResponses.Time(clock.GetUtcNow()) },
            IdentityProviders =
            {
                found.Select(provider => new Protocol.SettingsV2.IdentityProvider
                {
                    Id = provider.Id,
                    Name = provider.Name,
                    Type = IdentityProviderType.Oidc,
                    Options = IdentityProviderMessages.Options(provider.Policy),
                }),
            },
        };
    }

    /// <summary>Whether the provider is as asked for; what is not asked for may be either way.</summary>
    private static bool Matches(GetActiveIdentityProvidersRequest request, IdentityProviderPolicy policy) =>
        (!request.HasCreationAllowed || request.CreationAllowed == policy.IsCreationAllowed)
        && (!request.HasLinkingAllowed || request.LinkingAllowed == policy.IsLinkingAllowed)
        && (!request.HasAutoCreation || request.AutoCreation == policy.IsAutoCreation)
        && (!request.HasAutoLinking || request.AutoLinking == (policy.AutoLinking != AutoLinking.None));
}
