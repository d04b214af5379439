using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Names;
using Orleans.Sessions.Registries;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>The requirements for a client's registration.</summary>
internal static class ClientRules
{
    private const int MaxId = 200;
    private const int MaxScope = 300;
    private const int MaxUri = 2000;
    private const int MaxList = 50;
    private const int MaxKeys = 16 * 1024;

    private static readonly SearchValues<char> s_id = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@"
    );

    /// <summary>The rules of the registry of clients.</summary>
    public static readonly RegistryRules<OidcClient> Registry = new()
    {
        MaxEntries = 1000,
        Unknown = SessionErrors.ClientUnknown,
        Exists = SessionErrors.ClientExists,
        Configured = SessionErrors.ClientConfigured,
        TooMany = SessionErrors.TooManyClients,
        IdOf = client => client.Id,
        RegistrationOf = client => new(client.IsConfigured, client.CreatedAt, client.ChangedAt),
        Register = (client, registration) =>
            client with
            {
                IsConfigured = registration.IsConfigured,
                CreatedAt = registration.CreatedAt,
                ChangedAt = registration.ChangedAt,
            },
        IsSame = IsSame,
    };

    /// <summary>The rules of the values, in the order in which they are checked.</summary>
    private static readonly (SessionError Broken, Func<OidcClient, bool> Holds)[] s_values =
    [
        (SessionErrors.ClientIdInvalid, client => IsId(client.Id)),
        (SessionErrors.ClientNameTooLong, client => client.Name.Length <= MaxId),
        (SessionErrors.ClientAuthenticationUnknown, client => Enum.IsDefined(client.Authentication)),
        (SessionErrors.ClientTokenTypeUnknown, client => Enum.IsDefined(client.AccessTokenType)),
        (SessionErrors.ClientSecretUnfit, HasSecretIfNeeded),
        (SessionErrors.ClientKeysInvalid, HasKeysIfNeeded),
        (SessionErrors.ClientGrantTypesUnknown, client =>
            !client.GrantTypes.IsDefault && client.GrantTypes.All(grant => OidcGrantTypes.OfClients.Contains(grant))
        ),
        (SessionErrors.ClientRedirectUrisInvalid, client => AreUris(client.RedirectUris) && AreUris(client.PostLogoutRedirectUris)),
        (SessionErrors.ClientRedirectUrisUnfit, client => client.Allows(OidcGrantTypes.AuthorizationCode) != client.RedirectUris.IsEmpty),
        (SessionErrors.ClientRefreshUnfit, client =>
            !client.Allows(OidcGrantTypes.RefreshToken)
            || client.Allows(OidcGrantTypes.AuthorizationCode)
            || client.Allows(OidcGrantTypes.DeviceCode)
        ),
        (SessionErrors.ClientExchangeUnfit, client =>
            !client.Allows(OidcGrantTypes.TokenExchange) || client.Authentication != ClientAuthentication.None
        ),
        (SessionErrors.ClientLoginUriInvalid, client => client.LoginUri is null || IsProtected(client.LoginUri)),
        (SessionErrors.ClientLogoutUriInvalid, client => client.BackChannelLogoutUri is null || IsWebUri(client.BackChannelLogoutUri)),
        (SessionErrors.ClientScopesInvalid, client => client.Scopes.Length <= MaxList && client.Scopes.All(IsScope)),
        (SessionErrors.ClientAcrUnknown, client =>
            client.MinimumAcr is null || AuthenticationContext.Normalize(client.MinimumAcr) == client.MinimumAcr
        ),
        (SessionErrors.ClientLoginClientLength, client => client.LoginClientId is null or { Length: > 0 and <= MaxId }),
    ];

    /// <summary>Fails with the first broken rule (<c>OIDC-Cli03</c>).</summary>
    public static void EnsureValid(OidcClient client)
    {
        if (s_values.FirstOrDefault(rule => !rule.Holds(client)).Broken is { } broken)
        {
            throw new SessionException(broken);
        }
    }

    /// <summary>Whether two registrations have the same content, whenever they were made.</summary>
    public static bool IsSame(OidcClient one, OidcClient other) =>
        JsonSerializer.Serialize(Bare(one), OidcJsonContext.Default.OidcClient)
        == JsonSerializer.Serialize(Bare(other), OidcJsonContext.Default.OidcClient);

    private static OidcClient Bare(OidcClient client) => client with { CreatedAt = default, ChangedAt = default, IsConfigured = false };

    private static bool IsId(string id) =>
        id.Length is > 0 and <= MaxId && id != OidcScopes.Api && !id.AsSpan().ContainsAnyExcept(s_id) && VisibleText.IsId(id);

    /// <summary>Whether the text is a valid scope (RFC 6749 §3.3).</summary>
    private static bool IsScope(string scope) =>
        scope.Length is > 0 and <= MaxScope && scope.All(c => c is > ' ' and not '"' and not '\\' and <= '~');

    private static bool HasSecretIfNeeded(OidcClient client) =>
        client.Authentication is ClientAuthentication.None or ClientAuthentication.PrivateKeyJwt
            ? client.SecretHash is null
            : client.SecretHash is { Length: 32 };

    private static bool HasKeysIfNeeded(OidcClient client) =>
        client.Authentication == ClientAuthentication.PrivateKeyJwt
            ? client.JsonWebKeys is { Length: <= MaxKeys } keys && IsKeySet(keys)
            : client.JsonWebKeys is null;

    /// <summary>Whether the text is a set of public keys. A private key here is a mistake and must not be stored.</summary>
    private static bool IsKeySet(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind == JsonValueKind.Array
                && keys.GetArrayLength() is > 0 and <= MaxList
                && keys.EnumerateArray()
                    .All(key =>
                        key.ValueKind == JsonValueKind.Object
                        && key.TryGetProperty("kty", out var type)
                        && type.ValueKind == JsonValueKind.String
                        && type.GetString() is "RSA" or "EC"
                        && !key.TryGetProperty("d", out _)
                    );
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool AreUris(ImmutableArray<string> uris) => !uris.IsDefault && uris.Length <= MaxList && uris.All(IsReturnUri);

    /// <summary>Whether it is https, http on the person's own machine, or an app's own scheme, which has a dot (RFC 8252).</summary>
    private static bool IsReturnUri(string text) =>
        Parse(text) is { } uri && (uri.Scheme.Contains('.', StringComparison.Ordinal) || IsProtected(text));

    /// <summary>Whether it is https, or http on the person's own machine.</summary>
    private static bool IsProtected(string text) => IsWebUri(text) && WebAddress.IsProtected(WebAddress.Parse(text)!);

    private static bool IsWebUri(string text) => Parse(text) is not null && WebAddress.Parse(text) is not null;

    private static Uri? Parse(string text) =>
        text.Length <= MaxUri
        && text.All(c => c is > ' ' and <= '~')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
            ? uri
            : null;
}
