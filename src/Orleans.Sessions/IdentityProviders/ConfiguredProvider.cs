namespace Orleans.Sessions.IdentityProviders;

/// <summary>An external provider in the configuration.</summary>
internal sealed class ConfiguredProvider
{
    /// <summary>The provider's id, 1 to 200 characters. Users' links contain it, so it must always mean the same provider.</summary>
    public string Id { get; set; } = "";

    /// <inheritdoc cref="ProviderSettings.Name"/>
    public string Name { get; set; } = "";

    /// <summary>The kind of the provider.</summary>
    public ProviderKind Kind { get; set; }

    /// <summary>
    /// The issuer: an absolute https URL (http only for this machine). Its discovery document has the other addresses. The kinds
    /// <c>GitLab</c>, <c>Google</c> and <c>Apple</c> have one of their own. For <c>EntraId</c> it is the address before the tenant, needed
    /// only for national clouds. For <c>Jwt</c> it is any text of 1 to 200 characters. The others have none.
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>The client id of this service at the provider, 1 to 200 characters. The kind <c>Jwt</c> has none.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>
    /// The secret with which this service proves itself there; for Apple, the private key as PEM. Empty: it has none, and PKCE is used.
    /// </summary>
    public string ClientSecret { get; set; } = "";

    /// <inheritdoc cref="ProviderSettings.Scopes"/>
    public IList<string> Scopes { get; } = [];

    /// <inheritdoc cref="IdentityProvider.IsIdTokenMapping"/>
    public bool IsIdTokenMapping { get; set; }

    /// <summary>Whether PKCE protects logins. Only the kinds <c>Oidc</c> and <c>OAuth</c> leave this to the configuration.</summary>
    public bool UsePkce { get; set; } = true;

    /// <summary>Where the browser logs in, for the kinds <c>OAuth</c> and <c>GitHubEnterprise</c>.</summary>
    public string AuthorizationEndpoint { get; set; } = "";

    /// <summary>Where the code is exchanged, for the kinds <c>OAuth</c> and <c>GitHubEnterprise</c>.</summary>
    public string TokenEndpoint { get; set; } = "";

    /// <summary>What tells who the person is, a JSON object, for the kinds <c>OAuth</c> and <c>GitHubEnterprise</c>.</summary>
    public string UserEndpoint { get; set; } = "";

    /// <summary>The member of that object that has the person's id, a text or a whole number, for the kind <c>OAuth</c>.</summary>
    public string IdAttribute { get; set; } = "";

    /// <summary>
    /// Whose people may log in at Entra ID: <c>common</c> (everybody), <c>organizations</c>, <c>consumers</c> (personal accounts), or the
    /// id or a domain of one tenant.
    /// </summary>
    public string Tenant { get; set; } = EntraSettings.Common;

    /// <summary>
    /// Whether e-mail addresses of Entra ID count as verified. Only for tenants that you trust: their administrators can write any address
    /// into an account.
    /// </summary>
    public bool IsEmailVerified { get; set; }

    /// <summary>The id of the developer team at Apple.</summary>
    public string TeamId { get; set; } = "";

    /// <summary>The id of the key at Apple.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>Where the browser goes, for the kind <c>Jwt</c>. Its request comes back from there with a token in a header.</summary>
    public string JwtEndpoint { get; set; } = "";

    /// <summary>The keys with which such tokens are signed, a JSON Web Key Set.</summary>
    public string KeysEndpoint { get; set; } = "";

    /// <summary>The name of the header that has the token.</summary>
    public string HeaderName { get; set; } = "";

    /// <summary>Whether existing users may be linked to it.</summary>
    public bool IsLinkingAllowed { get; set; } = true;

    /// <summary>Whether users may be created with a link to it.</summary>
    public bool IsCreationAllowed { get; set; } = true;

    /// <inheritdoc cref="IdentityProviderPolicy.IsAutoCreation"/>
    public bool IsAutoCreation { get; set; }

    /// <inheritdoc cref="IdentityProviderPolicy.IsAutoUpdate"/>
    public bool IsAutoUpdate { get; set; }

    /// <inheritdoc cref="IdentityProviderPolicy.AutoLinking"/>
    public AutoLinking AutoLinking { get; set; }

    internal ProviderSettings Settings =>
        new()
        {
            Name = Name,
            Issuer = Issuer,
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            Scopes = [.. Scopes],
            IsIdTokenMapping = IsIdTokenMapping,
            UsePkce = UsePkce,
            Kind = Kind,
            OAuth = Kind is ProviderKind.OAuth or ProviderKind.GitHubEnterprise
                ? new OAuthEndpoints(AuthorizationEndpoint, TokenEndpoint, UserEndpoint, IdAttribute)
                : null,
            Entra = Kind == ProviderKind.EntraId ? new EntraSettings(Tenant, IsEmailVerified) : null,
            Apple = Kind == ProviderKind.Apple ? new AppleSettings(TeamId, KeyId) : null,
            Jwt = Kind == ProviderKind.Jwt ? new JwtSettings(JwtEndpoint, KeysEndpoint, HeaderName) : null,
            Policy = new IdentityProviderPolicy
            {
                IsLinkingAllowed = IsLinkingAllowed,
                IsCreationAllowed = IsCreationAllowed,
                IsAutoCreation = IsAutoCreation,
                IsAutoUpdate = IsAutoUpdate,
                AutoLinking = AutoLinking,
            },
        };
}
