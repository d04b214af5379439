using System.Collections.Immutable;
using Orleans.Sessions.Registries;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>Which settings a provider may have, and what clients see of a provider.</summary>
internal static class ProviderRules
{
    private const int MaxText = 200;
    private const int MaxEndpoint = 500;
    private const int MaxScopes = 20;

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

    private static readonly FieldRules<ProviderSettings> s_name = new FieldRules<ProviderSettings>().Whole(
        SessionErrors.ProviderNameInvalid,
        settings => IsText(settings.Name)
    );

    private static readonly FieldRules<ProviderSettings> s_options = new FieldRules<ProviderSettings>()
        .Each(SessionErrors.ProviderScopesInvalid, "scopes[]", MaxScopes, settings => settings.Scopes, (_, scope) => IsScope(scope))
        .Known<AutoLinking>(
            SessionErrors.ProviderAutoLinkingUnknown,
            "providerOptions.autoLinking",
            settings => settings.Policy.AutoLinking
        );

    /// <summary>The refusal of settings that no provider may have; <c>null</c> if a provider may have them.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="hasSecret">Whether the provider has a secret that stays if the settings name none.</param>
    public static SessionException? Refusal(ProviderSettings settings, bool hasSecret = false) =>
        KindTable.Of(settings.Kind) is { } kind
            ? RefusalOf(kind.Complete(settings), kind, hasSecret)
            : new SessionException(SessionErrors.ProviderKindUnknown);

    /// <summary>Whether administrators name the issuer of such a provider, so that it is checked when they register it.</summary>
    public static bool NamesIssuer(ProviderSettings settings) => KindTable.Of(settings.Kind) is { NamesIssuer: true };

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
    /// The provider to store. An empty secret keeps the secret of <paramref name="before"/>. Fails with <c>COMMAND-idpIn</c>,
    /// <c>COMMAND-idpNf</c> (another kind) or <c>COMMAND-idpSe</c>.
    /// </summary>
    public static StoredProvider Store(
        string id,
        ProviderSettings settings,
        DateTimeOffset now,
        SecretProtector secrets,
        StoredProvider? before = null
    )
    {
        if ((IsText(id) ? Refusal(settings, before is { Secret: not null }) : new SessionException(SessionErrors.ProviderIdInvalid)) is { } refusal)
        {
            throw refusal;
        }

        if (before is not null && before.Settings.Kind != settings.Kind)
        {
            throw new SessionException(SessionErrors.ProviderKindOther);
        }

        var kind = KindTable.Of(settings.Kind)!;
        var complete = kind.Complete(settings);
        if (complete.ClientSecret.Length == 0 && before is { Secret: not null } && SecretGoesTo(before.Settings) != SecretGoesTo(complete))
        {
            // If the caller may change the address, they could redirect the stored secret to a server of their own.
            throw new SessionException(SessionErrors.ProviderSecretMissing);
        }

        var secret =
            complete.ClientSecret.Length == 0
                ? before?.Secret
                : [.. secrets.Protect(System.Text.Encoding.UTF8.GetBytes(complete.ClientSecret), SecretPurpose(id))];
        return new StoredProvider
        {
            Id = id,
            Settings = complete with { ClientSecret = "", Scopes = Scopes(complete, kind), UsePkce = complete.UsePkce || secret is null },
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
            Kind = provider.Settings.Kind,
            OAuth = provider.Settings.OAuth,
            Entra = provider.Settings.Entra,
            Apple = provider.Settings.Apple,
            Jwt = provider.Settings.Jwt,
        };

    /// <summary>Whether an administrator may name the address of an endpoint: at most 500 characters, without fragment.</summary>
    public static bool IsEndpoint(string url) =>
        url.Length <= MaxEndpoint && IsSafe(url, url) && !url.Contains('#', StringComparison.Ordinal);

    /// <summary>Whether the text has 1 to 200 characters, not only white space and no control characters.</summary>
    public static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText && !text.Any(char.IsControl);

    /// <summary>The refusal of complete settings. The rules of the kind stand where its addresses do: after the name.</summary>
    private static SessionException? RefusalOf(ProviderSettings settings, KindRules kind, bool hasSecret) =>
        s_name.Refusal(settings)
        ?? kind.Rules.Refusal(settings)
        ?? (FaultOfClient(settings, kind, hasSecret) is { } fault ? new SessionException(fault) : s_options.Refusal(settings));

    private static SessionError? FaultOfClient(ProviderSettings settings, KindRules kind, bool hasSecret) =>
        kind.HasClient && !IsText(settings.ClientId) ? SessionErrors.ProviderClientIdInvalid
        : settings.ClientSecret.Length > kind.MaxSecret ? SessionErrors.ProviderSecretTooLong
        : settings.ClientSecret.Length == 0 && !hasSecret && kind.SecretMissing is { } missing ? missing
        : null;

    /// <summary>What decides which address gets the client secret.</summary>
    private static (string Issuer, string? Token) SecretGoesTo(ProviderSettings settings) => (settings.Issuer, settings.OAuth?.Token);

    private static ImmutableArray<string> Scopes(ProviderSettings settings, KindRules kind) =>
        [.. kind.RequiredScopes.Concat(settings.Scopes.IsEmpty ? kind.DefaultScopes : settings.Scopes).Distinct()];

    private static bool IsScope(string scope) =>
        IsText(scope) && scope.All(character => character is > ' ' and < '\x7f' and not '"' and not '\\');

    private static string SecretPurpose(string id) => $"idp:{id}";
}
