using Orleans.Sessions.Protocol.IdpV1;
using Orleans.Sessions.Protocol.SettingsV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>How the services of the contract call the kinds of providers.</summary>
internal static class ProviderTypes
{
    /// <summary>For the admin service. <c>zitadel.idp.v2.IDPType</c> has the same numbers.</summary>
    public static ProviderType Of(ProviderKind kind) =>
        kind switch
        {
            ProviderKind.Oidc => ProviderType.Oidc,
            ProviderKind.OAuth => ProviderType.Oauth,
            ProviderKind.EntraId => ProviderType.AzureAd,
            ProviderKind.GitHub => ProviderType.Github,
            ProviderKind.GitHubEnterprise => ProviderType.GithubEs,
            ProviderKind.GitLab => ProviderType.Gitlab,
            ProviderKind.GitLabSelfHosted => ProviderType.GitlabSelfHosted,
            ProviderKind.Google => ProviderType.Google,
            ProviderKind.Apple => ProviderType.Apple,
            ProviderKind.Jwt => ProviderType.Jwt,
            _ => ProviderType.Unspecified,
        };

    /// <summary>For the settings service, whose numbers differ for Apple.</summary>
    public static IdentityProviderType OfSettings(ProviderKind kind) =>
        kind == ProviderKind.Apple ? IdentityProviderType.Apple : (IdentityProviderType)Of(kind);
}
