using Grpc.Core;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Protocol.FeatureV2;

namespace Orleans.Sessions.Gateway.Features;

/// <summary>
/// Says which of the contract's optional features this service has. The features are fixed by the implementation and the same for all
/// callers. They cannot be changed, so the methods that set or reset them are not offered.
/// </summary>
internal sealed class FeatureService(IOptions<OidcProviderOptions> oidc, PublicOrigin origin)
    : Protocol.FeatureV2.FeatureService.FeatureServiceBase
{
    public override Task<GetSystemFeaturesResponse> GetSystemFeatures(GetSystemFeaturesRequest request, ServerCallContext context)
    {
        context.Caller().Require(Permission.PolicyRead);
        return Task.FromResult(
            new GetSystemFeaturesResponse
            {
                LoginDefaultOrg = Flag(true),
                UserSchema = Flag(false),
                OidcTokenExchange = Flag(true),
                ImprovedPerformance = new ImprovedPerformanceFeatureFlag { Source = Source.System },
                OidcSingleV1SessionTermination = Flag(true),
                DisableUserTokenEvent = Flag(true),
                EnableBackChannelLogout = Flag(true),
                LoginV2 = Login(context),
                PermissionCheckV2 = Flag(true),
            }
        );
    }

    public override Task<GetInstanceFeaturesResponse> GetInstanceFeatures(GetInstanceFeaturesRequest request, ServerCallContext context)
    {
        context.Caller().Require(Permission.PolicyRead);
        return Task.FromResult(
            new GetInstanceFeaturesResponse
            {
                LoginDefaultOrg = Flag(true),
                UserSchema = Flag(false),
                OidcTokenExchange = Flag(true),
                ImprovedPerformance = new ImprovedPerformanceFeatureFlag { Source = Source.System },
                DebugOidcParentError = Flag(false),
                OidcSingleV1SessionTermination = Flag(true),
                DisableUserTokenEvent = Flag(true),
                EnableBackChannelLogout = Flag(true),
                LoginV2 = Login(context),
                PermissionCheckV2 = Flag(true),
                ConsoleUseV2UserApi = Flag(false),
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

    private static FeatureFlag Flag(bool enabled) => new() { Enabled = enabled, Source = Source.System };

    /// <summary>Login by sessions is the only login. The answer has the folder of the login frontend's pages.</summary>
    private LoginV2FeatureFlag Login(ServerCallContext context)
    {
        var page = new Uri(new Uri(origin.Of(context.Request())), oidc.Value.LoginUri);
        return new LoginV2FeatureFlag
        {
            Required = true,
            Source = Source.System,
            BaseUri = new Uri(page, ".").AbsoluteUri.TrimEnd('/'),
        };
    }
}
