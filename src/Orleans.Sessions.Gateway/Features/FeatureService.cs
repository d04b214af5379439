using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Protocol.FeatureV2;

namespace Orleans.Sessions.Gateway.Features;

/// <summary>
/// Says which of the contract's optional features this service has, and changes the one that can be changed at run time: the login pages.
/// All other features are fixed by the implementation and the same for all callers; a request that wants another value of one is refused
/// (<see cref="FixedFeatures"/>). Features of one organization or one user do not exist.
/// </summary>
internal sealed class FeatureService(Grains grains, LoginPages pages, PinnedSettings pinned, PublicOrigin origin)
    : Protocol.FeatureV2.FeatureService.FeatureServiceBase
{
    public override async Task<SetSystemFeaturesResponse> SetSystemFeatures(SetSystemFeaturesRequest request, ServerCallContext context)
    {
        var settings = await SetAsync(SettingsLevel.System, request, request.LoginV2, context);
        return new SetSystemFeaturesResponse { Details = SettingsMessages.Details(settings.SystemDetails) };
    }

    public override async Task<ResetSystemFeaturesResponse> ResetSystemFeatures(
        ResetSystemFeaturesRequest request,
        ServerCallContext context
    )
    {
        var settings = await WriteAsync(SettingsLevel.System, page: null, context);
        return new ResetSystemFeaturesResponse { Details = SettingsMessages.Details(settings.SystemDetails) };
    }

    public override async Task<GetSystemFeaturesResponse> GetSystemFeatures(GetSystemFeaturesRequest request, ServerCallContext context)
    {
        context.Caller().Require(Permission.PolicyRead);
        var settings = await ReadAsync(context);
        return FixedFeatures.In(
            new GetSystemFeaturesResponse
            {
                Details = SettingsMessages.Details(settings.SystemDetails),
                ImprovedPerformance = new ImprovedPerformanceFeatureFlag { Source = Source.System },
                LoginV2 = Login(settings with { LoginPage = null }, context),
            }
        );
    }

    public override async Task<SetInstanceFeaturesResponse> SetInstanceFeatures(
        SetInstanceFeaturesRequest request,
        ServerCallContext context
    )
    {
        var settings = await SetAsync(SettingsLevel.Instance, request, request.LoginV2, context);
        return new SetInstanceFeaturesResponse { Details = SettingsMessages.Details(settings.InstanceDetails) };
    }

    public override async Task<ResetInstanceFeaturesResponse> ResetInstanceFeatures(
        ResetInstanceFeaturesRequest request,
        ServerCallContext context
    )
    {
        var settings = await WriteAsync(SettingsLevel.Instance, page: null, context);
        return new ResetInstanceFeaturesResponse { Details = SettingsMessages.Details(settings.InstanceDetails) };
    }

    public override async Task<GetInstanceFeaturesResponse> GetInstanceFeatures(
        GetInstanceFeaturesRequest request,
        ServerCallContext context
    )
    {
        context.Caller().Require(Permission.PolicyRead);
        var settings = await ReadAsync(context);
        return FixedFeatures.In(
            new GetInstanceFeaturesResponse
            {
                Details = SettingsMessages.Details(settings.InstanceDetails),
                ImprovedPerformance = new ImprovedPerformanceFeatureFlag { Source = Source.System },
                LoginV2 = Login(settings, context),
            }
        );
    }

    /// <summary>The contract has no feature for a single organization.</summary>
    public override Task<GetOrganizationFeaturesResponse> GetOrganizationFeatures(
        GetOrganizationFeaturesRequest request,
        ServerCallContext context
    )
    {
        context.Caller().Require(Permission.PolicyRead, request.OrganizationId);
        return Task.FromResult(new GetOrganizationFeaturesResponse());
    }

    /// <summary>The contract has no feature for a single user.</summary>
    public override Task<GetUserFeaturesResponse> GetUserFeatures(GetUserFeaturesRequest request, ServerCallContext context)
    {
        if (context.Caller().UserId != request.UserId)
        {
            context.Caller().Require(Permission.PolicyRead);
        }

        return Task.FromResult(new GetUserFeaturesResponse());
    }

    /// <summary>Login by sessions is the only login. The answer has the folder of the login frontend's pages.</summary>
    private LoginV2FeatureFlag Login(InstanceSettings settings, ServerCallContext context) =>
        new()
        {
            Required = true,
            Source = settings.LoginPage is null || pinned.LoginPage ? Source.System : Source.Instance,
            BaseUri = pages.FolderOf(origin.Of(context.Request()), settings),
        };

    private async Task<InstanceSettings> SetAsync(
        SettingsLevel level,
        Google.Protobuf.IMessage request,
        LoginV2? login,
        ServerCallContext context
    )
    {
        context.Caller().Require(Permission.PolicyWrite);
        FixedFeatures.Ensure(request);
        if (login is null)
        {
            return await ReadAsync(context);
        }

        if (!login.Required)
        {
            throw FixedFeatures.Refusal("loginV2.required is always true in this service");
        }

        if (pinned.LoginPage && login.BaseUri.Length > 0)
        {
            // Setting what the configuration says anyway is allowed and changes nothing.
            return pages.FolderOf(origin.Of(context.Request()), new InstanceSettings()) == login.BaseUri.TrimEnd('/')
                ? await ReadAsync(context)
                : throw new SessionException(SessionErrors.LoginPageConfigured);
        }

        return await WriteAsync(level, login.BaseUri, context);
    }

    private async Task<InstanceSettings> WriteAsync(SettingsLevel level, string? page, ServerCallContext context)
    {
        var caller = context.Caller();
        caller.Require(Permission.PolicyWrite);
        return await grains.CallAsync(() => grains.InstanceSettings.SetLoginPageAsync(caller, level, page), context.CancellationToken);
    }

    private Task<InstanceSettings> ReadAsync(ServerCallContext context) =>
        grains.CallAsync(() => grains.InstanceSettings.GetAsync(), context.CancellationToken);
}
