using Orleans.Sessions.Gateway.FirstApi;
using Orleans.Sessions.Protocol.IdpV1;
using Orleans.Sessions.Protocol.V1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts providers to the messages of the service that manages them.</summary>
internal static class AdminMessages
{
    public static ObjectDetails Details(IdentityProviderDetails details) =>
        V1Messages.Details(details.Sequence, details.CreationDate, details.ChangeDate, details.ResourceOwner);

    public static ObjectDetails Details(SettingsDetails details) =>
        V1Messages.Details(details.Sequence, details.CreationDate, details.ChangeDate, details.ResourceOwner);

    public static Provider Provider(IdentityProvider provider) =>
        new()
        {
            Id = provider.Id,
            Details = Details(provider.Details),
            State = IDPState.Active,
            Name = provider.Name,
            Owner = IDPOwnerType.System,
            Type = ProviderTypes.Of(provider.Kind),
            Config = Config(provider),
        };

    private static ProviderConfig Config(IdentityProvider provider)
    {
        var config = new ProviderConfig
        {
            Options = new Options
            {
                IsLinkingAllowed = provider.Policy.IsLinkingAllowed,
                IsCreationAllowed = provider.Policy.IsCreationAllowed,
                IsAutoCreation = provider.Policy.IsAutoCreation,
                IsAutoUpdate = provider.Policy.IsAutoUpdate,
                AutoLinking = (AutoLinkingOption)provider.Policy.AutoLinking,
            },
        };
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
                    UsePkce = provider.UsePkce,
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
                    UsePkce = provider.UsePkce,
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
