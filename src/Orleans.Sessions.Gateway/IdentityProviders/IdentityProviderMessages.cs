using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.IdpV2;
using Orleans.Sessions.Protocol.ObjectV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts providers to messages for login frontends.</summary>
internal static class IdentityProviderMessages
{
    public static Details Details(IdentityProviderDetails details) =>
        new()
        {
            Sequence = (ulong)details.Sequence,
            ChangeDate = Timestamps.Of(details.ChangeDate),
            CreationDate = Timestamps.Of(details.CreationDate),
            ResourceOwner = details.ResourceOwner,
        };

    public static IDP Provider(IdentityProvider provider) =>
        new()
        {
            Id = provider.Id,
            Details = Details(provider.Details),
            State = IDPState.Active,
            Name = provider.Name,
            Type = (IDPType)ProviderTypes.Of(provider.Kind),
            Config = Config(provider),
        };

    /// <summary>What a login page may do. Such a page links people by itself, so it learns what this service permits itself.</summary>
    public static Options Options(IdentityProvider provider)
    {
        var policy = provider.Policy.ForLogins(provider.Entra);
        return new()
        {
            IsLinkingAllowed = policy.IsLinkingAllowed,
            IsCreationAllowed = policy.IsCreationAllowed,
            IsAutoCreation = policy.IsAutoCreation,
            IsAutoUpdate = policy.IsAutoUpdate,
            AutoLinking = (AutoLinkingOption)policy.AutoLinking,
        };
    }

    private static IDPConfig Config(IdentityProvider provider)
    {
        var config = new IDPConfig { Options = Options(provider) };
        var (id, scopes) = (provider.ClientId, provider.Scopes);
        switch (provider)
        {
            case { Kind: ProviderKind.OAuth, OAuth: { } endpoints }:
                config.Oauth = new OAuthConfig
                {
                    ClientId = id,
                    AuthorizationEndpoint = endpoints.Authorization,
                    TokenEndpoint = endpoints.Token,
                    UserEndpoint = endpoints.User,
                    Scopes = { scopes },
                    IdAttribute = endpoints.IdAttribute,
                };
                break;
            case { Kind: ProviderKind.EntraId }:
                config.AzureAd = new AzureADConfig
                {
                    ClientId = id,
                    Tenant = Tenant(provider.Entra),
                    EmailVerified = provider.Entra is { IsEmailVerified: true },
                    Scopes = { scopes },
                };
                break;
            case { Kind: ProviderKind.GitHub }:
                config.Github = new GitHubConfig { ClientId = id, Scopes = { scopes } };
                break;
            case { Kind: ProviderKind.GitHubEnterprise, OAuth: { } endpoints }:
                config.GithubEs = new GitHubEnterpriseServerConfig
                {
                    ClientId = id,
                    AuthorizationEndpoint = endpoints.Authorization,
                    TokenEndpoint = endpoints.Token,
                    UserEndpoint = endpoints.User,
                    Scopes = { scopes },
                };
                break;
            case { Kind: ProviderKind.GitLab }:
                config.Gitlab = new GitLabConfig { ClientId = id, Scopes = { scopes } };
                break;
            case { Kind: ProviderKind.GitLabSelfHosted }:
                config.GitlabSelfHosted = new GitLabSelfHostedConfig
                {
                    Issuer = provider.Issuer,
                    ClientId = id,
                    Scopes = { scopes },
                };
                break;
            case { Kind: ProviderKind.Google }:
                config.Google = new GoogleConfig { ClientId = id, Scopes = { scopes } };
                break;
            case { Kind: ProviderKind.Apple, Apple: { } apple }:
                config.Apple = new AppleConfig
                {
                    ClientId = id,
                    TeamId = apple.TeamId,
                    KeyId = apple.KeyId,
                    Scopes = { scopes },
                };
                break;
            case { Kind: ProviderKind.Jwt, Jwt: { } jwt }:
                config.Jwt = new JWTConfig
                {
                    JwtEndpoint = jwt.Endpoint,
                    Issuer = provider.Issuer,
                    KeysEndpoint = jwt.Keys,
                    HeaderName = jwt.Header,
                };
                break;
            case { Kind: ProviderKind.Oidc }:
                config.Oidc = new GenericOIDCConfig
                {
                    Issuer = provider.Issuer,
                    ClientId = id,
                    Scopes = { scopes },
                    IsIdTokenMapping = provider.IsIdTokenMapping,
                };
                break;
        }

        return config;
    }

    private static AzureADTenant Tenant(EntraSettings? entra) =>
        entra?.Tenant switch
        {
            null or EntraSettings.Common => new() { TenantType = AzureADTenantType.Common },
            EntraSettings.Organizations => new() { TenantType = AzureADTenantType.Organisations },
            EntraSettings.Consumers => new() { TenantType = AzureADTenantType.Consumers },
            var id => new() { TenantId = id },
        };
}
