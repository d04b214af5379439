using Orleans.Sessions.Protocol.AdminV1;
using Orleans.Sessions.Protocol.IdpV1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts the requests with which providers are added and changed to settings. The grain judges them.</summary>
internal static class AdminRequests
{
    public static ProviderSettings Settings(AddGenericOIDCProviderRequest request) =>
        Of(ProviderKind.Oidc, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions) with
        {
            Issuer = request.Issuer,
            IsIdTokenMapping = request.IsIdTokenMapping,
            UsePkce = request.UsePkce,
        };

    public static ProviderSettings Settings(UpdateGenericOIDCProviderRequest request) =>
        Of(ProviderKind.Oidc, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions) with
        {
            Issuer = request.Issuer,
            IsIdTokenMapping = request.IsIdTokenMapping,
            UsePkce = request.UsePkce,
        };

    public static ProviderSettings Settings(AddGenericOAuthProviderRequest request) =>
        Of(ProviderKind.OAuth, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions) with
        {
            OAuth = new(request.AuthorizationEndpoint, request.TokenEndpoint, request.UserEndpoint, request.IdAttribute),
            UsePkce = request.UsePkce,
        };

    public static ProviderSettings Settings(UpdateGenericOAuthProviderRequest request) =>
        Of(ProviderKind.OAuth, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions) with
        {
            OAuth = new(request.AuthorizationEndpoint, request.TokenEndpoint, request.UserEndpoint, request.IdAttribute),
            UsePkce = request.UsePkce,
        };

    public static ProviderSettings Settings(AddAzureADProviderRequest request) =>
        Of(ProviderKind.EntraId, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions) with
        {
            Entra = new(Tenant(request.Tenant), request.EmailVerified),
        };

    public static ProviderSettings Settings(UpdateAzureADProviderRequest request) =>
        Of(ProviderKind.EntraId, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions) with
        {
            Entra = new(Tenant(request.Tenant), request.EmailVerified),
        };

    public static ProviderSettings Settings(AddGitHubProviderRequest request) =>
        Of(ProviderKind.GitHub, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions);

    public static ProviderSettings Settings(UpdateGitHubProviderRequest request) =>
        Of(ProviderKind.GitHub, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions);

    public static ProviderSettings Settings(AddGitHubEnterpriseServerProviderRequest request) =>
        Of(
            ProviderKind.GitHubEnterprise,
            request.Name,
            request.ClientId,
            request.ClientSecret,
            request.Scopes,
            request.ProviderOptions
        ) with
        {
            OAuth = new(request.AuthorizationEndpoint, request.TokenEndpoint, request.UserEndpoint, IdAttribute: ""),
        };

    public static ProviderSettings Settings(UpdateGitHubEnterpriseServerProviderRequest request) =>
        Of(
            ProviderKind.GitHubEnterprise,
            request.Name,
            request.ClientId,
            request.ClientSecret,
            request.Scopes,
            request.ProviderOptions
        ) with
        {
            OAuth = new(request.AuthorizationEndpoint, request.TokenEndpoint, request.UserEndpoint, IdAttribute: ""),
        };

    public static ProviderSettings Settings(AddGitLabProviderRequest request) =>
        Of(ProviderKind.GitLab, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions);

    public static ProviderSettings Settings(UpdateGitLabProviderRequest request) =>
        Of(ProviderKind.GitLab, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions);

    public static ProviderSettings Settings(AddGitLabSelfHostedProviderRequest request) =>
        Of(
            ProviderKind.GitLabSelfHosted,
            request.Name,
            request.ClientId,
            request.ClientSecret,
            request.Scopes,
            request.ProviderOptions
        ) with
        {
            Issuer = request.Issuer,
        };

    public static ProviderSettings Settings(UpdateGitLabSelfHostedProviderRequest request) =>
        Of(
            ProviderKind.GitLabSelfHosted,
            request.Name,
            request.ClientId,
            request.ClientSecret,
            request.Scopes,
            request.ProviderOptions
        ) with
        {
            Issuer = request.Issuer,
        };

    public static ProviderSettings Settings(AddGoogleProviderRequest request) =>
        Of(ProviderKind.Google, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions);

    public static ProviderSettings Settings(UpdateGoogleProviderRequest request) =>
        Of(ProviderKind.Google, request.Name, request.ClientId, request.ClientSecret, request.Scopes, request.ProviderOptions);

    public static ProviderSettings Settings(AddAppleProviderRequest request) =>
        Of(
            ProviderKind.Apple,
            request.Name,
            request.ClientId,
            request.PrivateKey.ToStringUtf8(),
            request.Scopes,
            request.ProviderOptions
        ) with
        {
            Apple = new(request.TeamId, request.KeyId),
        };

    public static ProviderSettings Settings(UpdateAppleProviderRequest request) =>
        Of(
            ProviderKind.Apple,
            request.Name,
            request.ClientId,
            request.PrivateKey.ToStringUtf8(),
            request.Scopes,
            request.ProviderOptions
        ) with
        {
            Apple = new(request.TeamId, request.KeyId),
        };

    public static ProviderSettings Settings(AddJWTProviderRequest request) =>
        Of(ProviderKind.Jwt, request.Name, clientId: "", clientSecret: "", scopes: [], request.ProviderOptions) with
        {
            Issuer = request.Issuer,
            Jwt = new(request.JwtEndpoint, request.KeysEndpoint, request.HeaderName),
        };

    public static ProviderSettings Settings(UpdateJWTProviderRequest request) =>
        Of(ProviderKind.Jwt, request.Name, clientId: "", clientSecret: "", scopes: [], request.ProviderOptions) with
        {
            Issuer = request.Issuer,
            Jwt = new(request.JwtEndpoint, request.KeysEndpoint, request.HeaderName),
        };

    private static ProviderSettings Of(
        ProviderKind kind,
        string name,
        string clientId,
        string clientSecret,
        IEnumerable<string> scopes,
        Options? options
    ) =>
        new()
        {
            Kind = kind,
            Name = name,
            ClientId = clientId,
            ClientSecret = clientSecret,
            Scopes = [.. scopes],
            Policy = options is null
                ? new()
                : new()
                {
                    IsLinkingAllowed = options.IsLinkingAllowed,
                    IsCreationAllowed = options.IsCreationAllowed,
                    IsAutoCreation = options.IsAutoCreation,
                    IsAutoUpdate = options.IsAutoUpdate,
                    AutoLinking = (AutoLinking)options.AutoLinking,
                },
        };

    /// <summary>A kind of tenant that nobody knows becomes a tenant that nobody has.</summary>
    private static string Tenant(AzureADTenant? tenant) =>
        tenant is null ? EntraSettings.Common
        : tenant.TypeCase == AzureADTenant.TypeOneofCase.TenantId ? tenant.TenantId
        : tenant.TenantType switch
        {
            AzureADTenantType.Common => EntraSettings.Common,
            AzureADTenantType.Organisations => EntraSettings.Organizations,
            AzureADTenantType.Consumers => EntraSettings.Consumers,
            _ => "",
        };
}
