using System.Collections.Immutable;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SettingsV2;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>The settings that login frontends read before they show a page, and those that are changed at run time.</summary>
internal sealed class SettingsService(
    Grains grains,
    TimeProvider clock,
    IOptions<PresentationOptions> presentation,
    FramePolicy frames,
    PinnedSettings pinned
) : Protocol.SettingsV2.SettingsService.SettingsServiceBase
{
    private readonly PresentationOptions _presentation = presentation.Value;

    public override async Task<GetGeneralSettingsResponse> GetGeneralSettings(
        GetGeneralSettingsRequest request,
        ServerCallContext context
    ) => SettingsMessages.General((await PoliciesAsync(context)).DefaultOrganizationId, _presentation);

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

    /// <summary>Domains are no part of login names here, so no setting for login or mail depends on a domain.</summary>
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

    public override async Task<GetSecuritySettingsResponse> GetSecuritySettings(
        GetSecuritySettingsRequest request,
        ServerCallContext context
    )
    {
        EnsureMayRead(context);
        var settings = await ReadAsync(context);
        return new GetSecuritySettingsResponse
        {
            Details = SettingsMessages.Details(settings.FrameDetails),
            Settings = SettingsMessages.Security(frames.OriginsOf(settings)),
        };
    }

    public override async Task<SetSecuritySettingsResponse> SetSecuritySettings(
        SetSecuritySettingsRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        caller.Require(Permission.PolicyWrite);
        if (request.EnableImpersonation)
        {
            throw new SessionException(SessionErrors.ImpersonationNotOffered);
        }

        ImmutableArray<string> origins = [.. request.EmbeddedIframe?.AllowedOrigins ?? []];
        if (origins.IsEmpty == (request.EmbeddedIframe is { Enabled: true }))
        {
            throw new SessionException(SessionErrors.FrameOriginsUnfit);
        }

        if (pinned.FrameOrigins)
        {
            return frames.OriginsOf(null).SequenceEqual(origins)
                ? new SetSecuritySettingsResponse()
                : throw new SessionException(SessionErrors.FramesConfigured);
        }

        var settings = await grains.CallAsync(
            () => grains.InstanceSettings.SetFrameOriginsAsync(caller, origins),
            context.CancellationToken
        );
        return new SetSecuritySettingsResponse { Details = SettingsMessages.Details(settings.FrameDetails) };
    }

    /// <summary>
    /// The texts of login pages that administrators have set. This service has no texts of its own, so frontends use theirs where the
    /// answer has none.
    /// </summary>
    public override async Task<GetHostedLoginTranslationResponse> GetHostedLoginTranslation(
        GetHostedLoginTranslationRequest request,
        ServerCallContext context
    )
    {
        EnsureMayRead(context);
        var locales = LoginTexts.Locales(request.Locale, request.IgnoreInheritance);
        string?[] levels = request.LevelCase switch
        {
            GetHostedLoginTranslationRequest.LevelOneofCase.System => [],
            GetHostedLoginTranslationRequest.LevelOneofCase.OrganizationId when request.IgnoreInheritance => [request.OrganizationId],
            GetHostedLoginTranslationRequest.LevelOneofCase.OrganizationId => [null, request.OrganizationId],
            _ => [null],
        };
        var found = await Task.WhenAll(
            levels.Select(level => grains.CallAsync(() => grains.LoginTexts(level).GetAsync(locales), context.CancellationToken))
        );
        var texts = LoginTexts.Merge(found.SelectMany(level => level));
        return new GetHostedLoginTranslationResponse { Translations = LoginTexts.Message(texts), Etag = LoginTexts.ETag(texts) };
    }

    public override async Task<SetHostedLoginTranslationResponse> SetHostedLoginTranslation(
        SetHostedLoginTranslationRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        caller.Require(Permission.PolicyWrite);
        var locale = LoginTexts.Locales(request.Locale, exactly: true)[0];
        var texts = LoginTexts.Of(request.Translations);
        var organizationId =
            request.LevelCase == SetHostedLoginTranslationRequest.LevelOneofCase.OrganizationId ? request.OrganizationId : null;
        if (
            organizationId is not null
            && await grains.CallAsync(() => grains.Organizations.NameOfAsync(organizationId), context.CancellationToken) is null
        )
        {
            throw new SessionException(SessionErrors.OrganizationUnknown);
        }

        var json = texts.Count == 0 ? null : LoginTexts.Json(texts);
        await grains.CallAsync(() => grains.LoginTexts(organizationId).SetAsync(caller, locale, json), context.CancellationToken);
        return new SetHostedLoginTranslationResponse { Etag = LoginTexts.ETag(texts) };
    }

    public override async Task<GetActiveIdentityProvidersResponse> GetActiveIdentityProviders(
        GetActiveIdentityProvidersRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var organizationId = request.Ctx is { HasOrgId: true } ? request.Ctx.OrgId : caller.OrganizationId;
        var providers = await grains.CallAsync(() => grains.IdentityProviders.ListAsync(caller, organizationId), context.CancellationToken);
        var settings = await ReadAsync(context);
        var found = providers
            .Where(provider => settings.Offers(provider.Id) && Matches(request, provider.Policy.ForLogins(provider.Entra)))
            .ToList();
        return new GetActiveIdentityProvidersResponse
        {
            Details = new ListDetails { TotalResult = (ulong)found.Count, Timestamp = Timestamps.Of(clock.GetUtcNow()) },
            IdentityProviders =
            {
                found.Select(provider => new Protocol.SettingsV2.IdentityProvider
                {
                    Id = provider.Id,
                    Name = provider.Name,
                    Type = ProviderTypes.OfSettings(provider.Kind),
                    Options = IdentityProviderMessages.Options(provider),
                }),
            },
        };
    }

    /// <summary>Checks the permission for settings that this process knows, without a grain call.</summary>
    private static void EnsureMayRead(ServerCallContext context, Protocol.ObjectV2.RequestContext? about = null) =>
        context.Caller().Require(Permission.PolicyRead, OrganizationOf(about));

    private static string? OrganizationOf(Protocol.ObjectV2.RequestContext? about) => about is { HasOrgId: true } ? about.OrgId : null;

    private Task<InstanceSettings> ReadAsync(ServerCallContext context) =>
        grains.CallAsync(() => grains.InstanceSettings.GetAsync(), context.CancellationToken);

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
