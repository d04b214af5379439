using Orleans.Sessions.Registries;

namespace Orleans.Sessions.IdentityProviders.OAuth;

/// <summary>The rules of providers of OAuth 2.0.</summary>
internal static class OAuthRules
{
    /// <summary>The rules of the endpoints.</summary>
    public static readonly FieldRules<ProviderSettings> Endpoints = new FieldRules<ProviderSettings>()
        .Whole(SessionErrors.ProviderEndpointsInvalid, settings =>
            settings.OAuth is { } endpoints
            && ProviderRules.IsEndpoint(endpoints.Authorization)
            && ProviderRules.IsEndpoint(endpoints.Token)
            && ProviderRules.IsEndpoint(endpoints.User)
        )
        .Whole(SessionErrors.ProviderIdAttributeInvalid, settings => ProviderRules.IsText(settings.OAuth!.IdAttribute));

    /// <summary>The rules of a provider whose endpoints administrators name.</summary>
    public static readonly KindRules OfEndpoints = new() { Complete = WithoutIssuer, Rules = Endpoints };

    /// <summary>The settings without an issuer, which these providers do not have.</summary>
    public static ProviderSettings WithoutIssuer(ProviderSettings settings) => settings with { Issuer = "" };
}
