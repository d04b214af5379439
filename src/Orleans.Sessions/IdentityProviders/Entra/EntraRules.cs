using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.Registries;

namespace Orleans.Sessions.IdentityProviders.Entra;

/// <summary>The rules of Entra ID.</summary>
internal static class EntraRules
{
    private const int MaxTenant = 100;
    private const string Public = "https://login.microsoftonline.com";

    /// <summary>The rules. Only with the scope <c>profile</c> does the id token have the person's id.</summary>
    public static readonly KindRules All = new()
    {
        RequiredScopes = ["openid", "profile"],
        DefaultScopes = ["email"],
        Complete = Complete,
        Rules = new FieldRules<ProviderSettings>()
            .Whole(SessionErrors.ProviderTenantInvalid, settings => IsTenant(settings.Entra!.Tenant))
            .All(OidcRules.Issuer),
    };

    private static ProviderSettings Complete(ProviderSettings settings)
    {
        var entra = settings.Entra ?? new EntraSettings(EntraSettings.Common);
        var authority = settings.Issuer.Length > 0 ? settings.Issuer.TrimEnd('/') : Public;
        return settings with { Entra = entra, Issuer = $"{authority}/{entra.Tenant}/v2.0", IsIdTokenMapping = false, UsePkce = true };
    }

    /// <summary>A word, an id or a domain name: a segment of an address.</summary>
    private static bool IsTenant(string tenant) =>
        tenant is { Length: > 0 and <= MaxTenant }
        && char.IsAsciiLetterOrDigit(tenant[0])
        && tenant.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');
}
