using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.Registries;

namespace Orleans.Sessions.IdentityProviders.Apple;

/// <summary>The rules of Sign in with Apple.</summary>
internal static class AppleRules
{
    private const int MaxId = 200;
    private const int MaxKey = 4096;
    private const string Public = "https://appleid.apple.com";

    /// <summary>The rules. Apple has no userinfo endpoint and no PKCE.</summary>
    public static readonly KindRules All = new()
    {
        RequiredScopes = OidcRules.RequiredScopes,
        DefaultScopes = ["name", "email"],
        MaxSecret = MaxKey,
        SecretMissing = SessionErrors.ProviderPrivateKeyInvalid,
        Complete = settings =>
            settings with
            {
                Issuer = settings.Issuer.Length > 0 ? settings.Issuer : Public,
                IsIdTokenMapping = true,
                UsePkce = false,
            },
        Rules = new FieldRules<ProviderSettings>()
            .All(OidcRules.Issuer)
            .Whole(SessionErrors.ProviderAppleIdsInvalid, settings =>
                settings.Apple is { } apple && IsId(apple.TeamId) && IsId(apple.KeyId)
            )
            .Whole(SessionErrors.ProviderPrivateKeyInvalid, settings =>
                settings.ClientSecret.Length == 0 || (settings.ClientSecret.Length <= MaxKey && AppleSecret.IsKey(settings.ClientSecret))
            ),
    };

    private static bool IsId(string id) => id is { Length: > 0 and <= MaxId } && id.All(char.IsAsciiLetterOrDigit);
}
