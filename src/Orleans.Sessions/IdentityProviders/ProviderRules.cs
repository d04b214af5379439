using System.Collections.Immutable;
using Orleans.Sessions.Registries;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>Which settings a provider may have, and what clients see of a provider.</summary>
internal static class ProviderRules
{
    private const int MaxText = 200;
    private const int MaxScopes = 20;
    private const string Issuer = "issuer";
    private static readonly ImmutableArray<string> s_defaultScopes = ["openid", "profile", "email"];

    /// <summary>The rules of the registry.</summary>
    /// <param name="isConfigured">Whether the configuration owns the provider with an id.</param>
    public static RegistryRules<StoredProvider> Registry(Func<string, bool> isConfigured) =>
        new()
        {
            MaxEntries = 100,
            Unknown = SessionErrors.ProviderMissing,
            Exists = SessionErrors.ProviderConfigured,
            Configured = SessionErrors.ProviderConfigured,
            TooMany = SessionErrors.TooManyProviders,
            IdOf = provider => provider.Id,
            RegistrationOf = provider => new(isConfigured(provider.Id), provider.CreatedAt, provider.ChangedAt),
            Register = (provider, registration) => provider with { CreatedAt = registration.CreatedAt, ChangedAt = registration.ChangedAt },

            // The gateway makes the ids, so an id that is already there comes from a repeated call, whatever the provider has become since.
            IsSame = (known, _) => !isConfigured(known.Id),
        };

    /// <summary>The rules of the settings, in the order in which they are checked.</summary>
    private static readonly FieldRules<OidcProviderSettings> s_settings = new FieldRules<OidcProviderSettings>()
        .Whole(SessionErrors.ProviderNameInvalid, settings => IsText(settings.Name))
        .One(
            SessionErrors.ProviderIssuerInvalid,
            Issuer,
            settings => settings.Issuer,
            (_, issuer) => issuer.Length <= MaxText && IsSafe(issuer, issuer) && !issuer.AsSpan().ContainsAny('?', '#')
        )
        .One(
            SessionErrors.ProviderIssuerIsDocument,
            Issuer,
            settings => settings.Issuer,
            (_, issuer) => !issuer.EndsWith("/.well-known/openid-configuration", StringComparison.OrdinalIgnoreCase)
        )
        .Whole(SessionErrors.ProviderClientIdInvalid, settings => IsText(settings.ClientId))
        .Whole(SessionErrors.ProviderSecretTooLong, settings => settings.ClientSecret.Length <= MaxText)
        .Each(SessionErrors.ProviderScopesInvalid, "scopes[]", MaxScopes, settings => settings.Scopes, (_, scope) => IsScope(scope))
        .Known<AutoLinking>(
            SessionErrors.ProviderAutoLinkingUnknown,
            "providerOptions.autoLinking",
            settings => settings.Policy.AutoLinking
        );

    /// <summary>The refusal of settings that no provider may have; <c>null</c> if a provider may have them.</summary>
    public static SessionException? Refusal(OidcProviderSettings settings) => s_settings.Refusal(settings);

    /// <summary>
    /// Whether secrets may be sent to <paramref name="url"/>, which <paramref name="issuer"/> has named. It must be https, or http to the
    /// local machine if the issuer is on the local machine too: another issuer must not make this service call local services.
    /// </summary>
    public static bool IsSafe(string? url, string issuer) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && (
            uri.Scheme == Uri.UriSchemeHttps
            || (
                uri.Scheme == Uri.UriSchemeHttp
                && uri.IsLoopback
                && Uri.TryCreate(issuer, UriKind.Absolute, out var origin)
                && origin.IsLoopback
            )
        );

    /// <summary>
    /// The provider to store. An empty secret keeps the secret of <paramref name="before"/>. Fails with <c>COMMAND-idpIn</c> or
    /// <c>COMMAND-idpSe</c>.
    /// </summary>
    public static StoredProvider Store(
        string id,
        OidcProviderSettings settings,
        DateTimeOffset now,
        SecretProtector secrets,
        StoredProvider? before = null
    )
    {
        if ((IsText(id) ? Refusal(settings) : new SessionException(SessionErrors.ProviderIdInvalid)) is { } refusal)
        {
            throw refusal;
        }

        if (settings.ClientSecret.Length == 0 && before is { Secret: not null } && before.Settings.Issuer != settings.Issuer)
        {
            // If the caller may change the issuer, they could redirect the stored secret to a server of their own.
            throw new SessionException(SessionErrors.ProviderSecretMissing);
        }

        var secret =
            settings.ClientSecret.Length == 0
                ? before?.Secret
                : [.. secrets.Protect(System.Text.Encoding.UTF8.GetBytes(settings.ClientSecret), SecretPurpose(id))];
        return new StoredProvider
        {
            Id = id,
            Settings = settings with { ClientSecret = "", Scopes = Scopes(settings.Scopes), UsePkce = settings.UsePkce || secret is null },
            Secret = secret,
            CreatedAt = before?.CreatedAt ?? now,
            ChangedAt = now,
            Sequence = (before?.Sequence ?? 0) + 1,
        };
    }

    /// <summary>The client secret in plain text; empty if there is none.</summary>
    public static string ClientSecret(StoredProvider provider, SecretProtector secrets) =>
        provider.Secret is { } secret
            ? System.Text.Encoding.UTF8.GetString(secrets.Unprotect(secret.AsSpan(), SecretPurpose(provider.Id)))
            : "";

    /// <summary>The provider's sequence, dates and instance.</summary>
    public static IdentityProviderDetails Details(StoredProvider provider, string instanceId) =>
        new(provider.Sequence, provider.ChangedAt, provider.CreatedAt, instanceId);

    /// <summary>What clients see.</summary>
    public static IdentityProvider View(StoredProvider provider, string instanceId) =>
        new()
        {
            Id = provider.Id,
            Details = Details(provider, instanceId),
            Name = provider.Settings.Name,
            Issuer = provider.Settings.Issuer,
            ClientId = provider.Settings.ClientId,
            Scopes = provider.Settings.Scopes,
            IsIdTokenMapping = provider.Settings.IsIdTokenMapping,
            UsePkce = provider.Settings.UsePkce,
            Policy = provider.Settings.Policy,
        };

    private static ImmutableArray<string> Scopes(ImmutableArray<string> asked) =>
        asked.IsDefaultOrEmpty ? s_defaultScopes : [.. asked.Prepend("openid").Distinct()];

    private static bool IsScope(string scope) =>
        IsText(scope) && scope.All(character => character is > ' ' and < '\x7f' and not '"' and not '\\');

    private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText && !text.Any(char.IsControl);

    private static string SecretPurpose(string id) => $"idp:{id}";
}
