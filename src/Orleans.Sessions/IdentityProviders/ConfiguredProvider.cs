namespace Orleans.Sessions.IdentityProviders;

/// <summary>A generic OpenID Connect provider in the configuration.</summary>
internal sealed class ConfiguredProvider
{
    /// <summary>The provider's id, 1 to 200 characters. Users' links contain it, so it must always mean the same provider.</summary>
    public string Id { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.Name"/>
    public string Name { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.Issuer"/>
    public string Issuer { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.ClientId"/>
    public string ClientId { get; set; } = "";

    /// <summary>The secret with which this service proves itself there. Empty: it has none, and PKCE is used.</summary>
    public string ClientSecret { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.Scopes"/>
    public IList<string> Scopes { get; } = [];

    /// <inheritdoc cref="IdentityProvider.IsIdTokenMapping"/>
    public bool IsIdTokenMapping { get; set; }

    /// <summary>Whether PKCE protects logins.</summary>
    public bool UsePkce { get; set; } = true;

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

    internal OidcProviderSettings Settings =>
        new()
        {
            Name = Name,
            Issuer = Issuer,
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            Scopes = [.. Scopes],
            IsIdTokenMapping = IsIdTokenMapping,
            UsePkce = UsePkce,
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
