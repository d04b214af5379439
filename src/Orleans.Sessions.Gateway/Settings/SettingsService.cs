using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Gateway.Users;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SettingsV2;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>The settings that login frontends read before they show a page.</summary>
internal sealed class SettingsService(Grains grains, TimeProvider clock, IOptions<PresentationOptions> presentation)
    : Protocol.SettingsV2.SettingsService.SettingsServiceBase
{
    private readonly PresentationOptions _presentation = presentation.Value;

    public override async Task<GetGeneralSettingsResponse> GetGeneralSettings(
        GetGeneralSettingsRequest request,
        ServerCallContext context
    ) =>
        SettingsMessages.General((await PoliciesAsync(context)).DefaultOrganizationId, _presentation);

    public override async Task<GetLoginSettingsResponse> GetLoginSettings(GetLoginSettingsRequest request, ServerCallContext context) =>
        new() { Settings = SettingsMessages.Login((await PoliciesAsync(context, request.Ctx)).Login) };

    public override async Task<GetPasswordComplexitySettingsResponse> GetPasswordComplexitySettings(
        GetPasswordComplexitySettingsRequest request,
        ServerCallContext context
    ) => new() { Settings = SettingsMessages.Complexity((await PoliciesAsync(context, request.Ctx)).Passwords) };

    public override async Task<GetPasswordExpirySettingsResponse> GetPasswordExpirySettings(
        GetPasswordExpirySettingsRequest request,
        ServerCallContext context
    ) => new() { Settings = SettingsMessages.Expiry((await PoliciesAsync(context, request.Ctx)).Passwords) };

    /// <summary>Organizations have no domains here, so no setting for login or mail depends on a domain.</summary>
    public override Task<GetDomainSettingsResponse> GetDomainSettings(GetDomainSettingsRequest request, ServerCallContext context)
    {
        EnsureMayRead(context, request.Ctx);
        return Task.FromResult(
            new GetDomainSettingsResponse { Settings = new DomainSettings { ResourceOwnerType = ResourceOwnerType.Instance } }
        );
    }

    public override async Task<GetLockoutSettingsResponse> GetLockoutSettings(
        GetLockoutSettingsRequest request,
        ServerCallContext context
    ) => new() { Settings = SettingsMessages.Lockout((await PoliciesAsync(context, request.Ctx)).Lockout) };

    public override Task<GetBrandingSettingsResponse> GetBrandingSettings(GetBrandingSettingsRequest request, ServerCallContext context)
    {
        EnsureMayRead(context, request.Ctx);
        return Task.FromResult(new GetBrandingSettingsResponse { Settings = SettingsMessages.Branding(_presentation) });
    }

    public override Task<GetLegalAndSupportSettingsResponse> GetLegalAndSupportSettings(
        GetLegalAndSupportSettingsRequest request,
        ServerCallContext context
    )
    {
        EnsureMayRead(context, request.Ctx);
        return Task.FromResult(new GetLegalAndSupportSettingsResponse { Settings = SettingsMessages.Legal(_presentation) });
    }

    public override Task<GetSecuritySettingsResponse> GetSecuritySettings(GetSecuritySettingsRequest request, ServerCallContext context)
    {
        EnsureMayRead(context);
        return Task.FromResult(new GetSecuritySettingsResponse { Settings = SettingsMessages.Security(_presentation) });
    }

    /// <summary>The texts of the hosted login cannot be changed, so the answer is empty and frontends use their own texts.</summary>
    public override Task<GetHostedLoginTranslationResponse> GetHostedLoginTranslation(
        GetHostedLoginTranslationRequest request,
        ServerCallContext context
    )
    {
        EnsureMayRead(context);
        var translations = new Struct();
        return Task.FromResult(
            new GetHostedLoginTranslationResponse
            {
                Translations = translations,
                Etag = Convert.ToHexStringLower(SHA256.HashData(Google.Protobuf.MessageExtensions.ToByteArray(translations)).AsSpan(0, 16)),
            }
        );
    }

    public override async Task<GetActiveIdentityProvidersResponse> GetActiveIdentityProviders(
        GetActiveIdentityProvidersRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var organizationId = request.Ctx is { HasOrgId: true } ? request.Ctx.OrgId : caller.OrganizationId;
        var providers = await grains.CallAsync(() => grains.IdentityProviders.ListAsync(caller, organizationId), context.CancellationToken);
        var found = providers.Where(provider => Matches(request, provider.Policy)).ToList();
        return new GetActiveIdentityProvidersResponse
        {
            Details = new ListDetails { TotalResult = (ulong)found.Count, Timestamp = Timestamps.Of(clock.GetUtcNow()) },
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

    /// <summary>Checks the permission for settings that this process knows, without a grain call.</summary>
    private static void EnsureMayRead(ServerCallContext context, Protocol.ObjectV2.RequestContext? about = null) =>
        context.Caller().Require(Permission.PolicyRead, OrganizationOf(about));

    private static string? OrganizationOf(Protocol.ObjectV2.RequestContext? about) => about is { HasOrgId: true } ? about.OrgId : null;

    /// <summary>The policies that the silos enforce. The grain checks the permission.</summary>
    private Task<InstallationPolicies> PoliciesAsync(ServerCallContext context, Protocol.ObjectV2.RequestContext? about = null)
    {
        var caller = context.Caller();
        var organizationId = OrganizationOf(about);
        return grains.CallAsync(() => grains.Policies.GetAsync(caller, organizationId), context.CancellationToken);
    }

    /// <summary>Whether the provider matches the request. A condition that the request does not set matches every provider.</summary>
    private static bool Matches(GetActiveIdentityProvidersRequest request, IdentityProviderPolicy policy) =>
        (!request.HasCreationAllowed || request.CreationAllowed == policy.IsCreationAllowed)
        && (!request.HasLinkingAllowed || request.LinkingAllowed == policy.IsLinkingAllowed)
        && (!request.HasAutoCreation || request.AutoCreation == policy.IsAutoCreation)
        && (!request.HasAutoLinking || request.AutoLinking == (policy.AutoLinking != AutoLinking.None));
}
