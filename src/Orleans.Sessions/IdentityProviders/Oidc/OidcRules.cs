using System.Collections.Immutable;
using Orleans.Sessions.Registries;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>The rules of providers of OpenID Connect.</summary>
internal static class OidcRules
{
    private const int MaxIssuer = 200;
    private const string IssuerField = "issuer";

    /// <summary>The scopes of every login.</summary>
    public static readonly ImmutableArray<string> RequiredScopes = ["openid"];

    /// <summary>The scopes that tell names and addresses.</summary>
    public static readonly ImmutableArray<string> DefaultScopes = ["profile", "email"];

    /// <summary>The rules of the issuer.</summary>
    public static readonly FieldRules<ProviderSettings> Issuer = new FieldRules<ProviderSettings>()
        .One(
            SessionErrors.ProviderIssuerInvalid,
            IssuerField,
            settings => settings.Issuer,
            (_, issuer) => issuer.Length <= MaxIssuer && ProviderRules.IsSafe(issuer, issuer) && !issuer.AsSpan().ContainsAny('?', '#')
        )
        .One(
            SessionErrors.ProviderIssuerIsDocument,
            IssuerField,
            settings => settings.Issuer,
            (_, issuer) => !issuer.EndsWith("/.well-known/openid-configuration", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The rules of a provider whose issuer administrators name.</summary>
    public static readonly KindRules OfIssuer = new()
    {
        NamesIssuer = true,
        RequiredScopes = RequiredScopes,
        DefaultScopes = DefaultScopes,
        Rules = Issuer,
    };

    /// <summary>The rules of a product with one issuer, which has PKCE.</summary>
    public static KindRules Of(string issuer) =>
        OfIssuer with
        {
            NamesIssuer = false,
            Complete = settings => settings with { Issuer = settings.Issuer.Length > 0 ? settings.Issuer : issuer, UsePkce = true },
        };
}
