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
    private const int MaxApplicationKeys = 20;

    /// <summary>
    /// The administrators of every organization register applications, so that of a project is small, and so is one that registers itself.
    /// The keys that this service made are not counted: they have a limit of their own.
    /// </summary>
    private const int MaxApplication = 16 * 1024;
    private static readonly TimeSpan s_longestSkew = TimeSpan.FromSeconds(5);

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
        (SessionErrors.ClientCertificateNameInvalid, client =>
            client.Authentication == ClientAuthentication.TlsClientAuth
                ? client.CertificateName is { } name && CertificateNames.IsValid(name)
                : client.CertificateName is null
        ),
        (SessionErrors.ClientJwksUriInvalid, client => client.JwksUri is null || IsProtected(client.JwksUri)),
        (SessionErrors.ClientGrantTypesUnknown, client =>
            !client.GrantTypes.IsDefault && client.GrantTypes.All(grant => OidcGrantTypes.OfClients.Contains(grant))
        ),
        (SessionErrors.ClientRedirectUrisWildcard, client =>
            client.RedirectUris.IsDefault
            || client.PostLogoutRedirectUris.IsDefault
            || !client.RedirectUris.Concat(client.PostLogoutRedirectUris).Any(uri => uri.Contains('*', StringComparison.Ordinal))
        ),
        (SessionErrors.ClientRedirectUrisInvalid, client =>
            AreUris(client.RedirectUris, client.IsInDevelopment) && AreUris(client.PostLogoutRedirectUris, client.IsInDevelopment)
        ),
        (SessionErrors.ClientRedirectUrisUnfit, client => client.Allows(OidcGrantTypes.AuthorizationCode) != client.RedirectUris.IsEmpty),
        (SessionErrors.ClientRefreshUnfit, client =>
            !client.Allows(OidcGrantTypes.RefreshToken)
            || client.Allows(OidcGrantTypes.AuthorizationCode)
            || client.Allows(OidcGrantTypes.DeviceCode)
        ),
        (SessionErrors.ClientExchangeUnfit, client =>
            !client.Allows(OidcGrantTypes.TokenExchange) || client.Authentication != ClientAuthentication.None
        ),
        (SessionErrors.ClientCredentialsUnfit, client =>
            !client.Allows(OidcGrantTypes.ClientCredentials) || client.Authentication != ClientAuthentication.None
        ),
        (SessionErrors.ClientLoginUriInvalid, client => client.LoginUri is null || IsProtected(client.LoginUri)),
        (SessionErrors.ClientLogoUriInvalid, client => client.LogoUri is null || IsProtected(client.LogoUri)),
        (SessionErrors.ClientLogoutUriInvalid, client => client.BackChannelLogoutUri is null || IsWebUri(client.BackChannelLogoutUri)),
        (SessionErrors.ClientFrontLogoutUriInvalid, client => client.FrontChannelLogoutUri is not { } logout || IsFrameUri(logout, client)),
        (SessionErrors.ClientResourcesInvalid, client =>
            client.Resources is not { } resources || (resources.Length <= MaxList && resources.All(uri => Parse(uri) is not null))
        ),
        (SessionErrors.ClientScopesInvalid, client => client.Scopes.Length <= MaxList && client.Scopes.All(IsScope)),
        (SessionErrors.ClientAudiencesInvalid, client =>
            client.Audiences is not { } audiences || (audiences.Length <= MaxList && audiences.All(IsAudience))
        ),
        (SessionErrors.ClientAcrUnknown, client =>
            client.MinimumAcr is null || AuthenticationContext.Normalize(client.MinimumAcr) == client.MinimumAcr
        ),
        (SessionErrors.ClientProjectIdLength, client => client.ProjectId is null or { Length: > 0 and <= MaxId }),
        (SessionErrors.ClientKindUnknown, client => client.Kind is not { } kind || Enum.IsDefined(kind)),
        (SessionErrors.ClientClockSkewInvalid, client =>
            client.ClockSkew is not { } skew || (skew >= TimeSpan.Zero && skew <= s_longestSkew)
        ),
        (SessionErrors.ClientOriginsInvalid, client =>
            client.AdditionalOrigins is not { } origins || (origins.Length <= MaxList && origins.All(IsWebUri))
        ),
        (SessionErrors.ClientLoginClientLength, client => client.LoginClientId is null or { Length: > 0 and <= MaxId }),
        (SessionErrors.ClientSenderConstraintUnknown, client => Enum.IsDefined(client.SenderConstraint)),
        (SessionErrors.ClientProfileUnknown, client => Enum.IsDefined(client.Profile)),
        (SessionErrors.ClientProfileAuthenticationUnfit, client =>
            !client.IsFapi() || client.Authentication == ClientAuthentication.PrivateKeyJwt || client.HasCertificate()
        ),
        (SessionErrors.ClientProfilePkceUnfit, client => !client.IsFapi() || client.RequirePkce is not false),
        (SessionErrors.ClientIdTokenAlgorithmUnknown, client => IsAlgorithm(client.IdTokenAlgorithm)),
        (SessionErrors.ClientAccessTokenAlgorithmUnknown, client => IsAlgorithm(client.AccessTokenAlgorithm)),
        (SessionErrors.ClientProfileAlgorithmUnfit, client =>
            !client.IsFapi()
            || (client.IdTokenAlgorithm is (null or "ES256" or "PS256") && client.AccessTokenAlgorithm is (null or "ES256" or "PS256"))
        ),
        (SessionErrors.ClientClaimsTooMany, client => FaultOfClaims(client) != SessionErrors.ClientClaimsTooMany),
        (SessionErrors.ClientClaimNameReserved, client => FaultOfClaims(client) != SessionErrors.ClientClaimNameReserved),
        (SessionErrors.ClientClaimInvalid, client => FaultOfClaims(client) is null),
        (SessionErrors.ClientTooLarge, client =>
            (client.ProjectId is null && client.RegistrationTokenHash is null) || Size(client) <= MaxApplication
        ),
    ];

    /// <summary>Fails with the first broken rule (<c>OIDC-Cli03</c>).</summary>
    public static void EnsureValid(OidcClient client)
    {
        if (s_values.FirstOrDefault(rule => !rule.Holds(client)).Broken is { } broken)
        {
            throw new SessionException(Named(broken, client));
        }
    }

    /// <summary>
    /// The client without the credentials that its authentication method does not use, and with a secret if it needs one.
    /// </summary>
    public static OidcClient WithCredentials(OidcClient client, ImmutableArray<byte>? secretHash) =>
        client with
        {
            SecretHash = client.HasSecret() ? client.SecretHash ?? secretHash : null,
            JsonWebKeys = client.HasKeys() ? client.JsonWebKeys : null,
            JwksUri = client.HasKeys() ? client.JwksUri : null,
            Keys = client.Authentication == ClientAuthentication.PrivateKeyJwt ? client.Keys : null,
            CertificateName = client.Authentication == ClientAuthentication.TlsClientAuth ? client.CertificateName : null,
        };

    /// <summary>The client with one more key, without expired ones. Fails with an error about keys or their dates.</summary>
    public static OidcClient WithKey(OidcClient client, ApplicationKey key, DateTimeOffset now)
    {
        if (client.Authentication != ClientAuthentication.PrivateKeyJwt)
        {
            throw new SessionException(SessionErrors.ApplicationWithoutKeys);
        }

        if (key.ExpiresAt <= now)
        {
            throw new SessionException(SessionErrors.TokenExpirationInvalid);
        }

        var others = (client.Keys ?? []).RemoveAll(known => known.Id == key.Id || known.ExpiresAt <= now);
        return others.Length < MaxApplicationKeys
            ? client with
            {
                Keys = others.Add(key),
            }
            : throw new SessionException(SessionErrors.TooManyApplicationKeys);
    }

    /// <summary>Whether two registrations have the same content, whenever they were made.</summary>
    public static bool IsSame(OidcClient one, OidcClient other) =>
        JsonSerializer.Serialize(Bare(one), OidcJsonContext.Default.OidcClient)
        == JsonSerializer.Serialize(Bare(other), OidcJsonContext.Default.OidcClient);

    /// <summary>The error with the return address that it is about, unless the address may contain a secret.</summary>
    private static SessionError Named(SessionError broken, OidcClient client)
    {
        if (client.RedirectUris.IsDefault || client.PostLogoutRedirectUris.IsDefault)
        {
            return broken;
        }

        var address = client
            .RedirectUris.Concat(client.PostLogoutRedirectUris)
            .FirstOrDefault(uri =>
                broken == SessionErrors.ClientRedirectUrisWildcard
                    ? uri.Contains('*', StringComparison.Ordinal)
                    : broken == SessionErrors.ClientRedirectUrisInvalid && !IsReturnUri(uri, client.IsInDevelopment)
            );
        return address is { Length: > 0 and <= MaxId } && address.All(c => c is > ' ' and <= '~' and not '@')
            ? broken with
            {
                Text = $"{broken.Text}: {address}",
            }
            : broken;
    }

    private static bool IsAlgorithm(string? name) =>
        name is null or "RS256" or "RS384" or "RS512" or "PS256" or "ES256" or "ES384" or "ES512";

    private static SessionError? FaultOfClaims(OidcClient client) => ClaimRules.FaultOf(client.Claims ?? []);

    private static int Size(OidcClient client) =>
        JsonSerializer.SerializeToUtf8Bytes(client with { Keys = null }, OidcJsonContext.Default.OidcClient).Length;

    private static OidcClient Bare(OidcClient client) => client with { CreatedAt = default, ChangedAt = default, IsConfigured = false };

    private static bool IsId(string id) =>
        id.Length is > 0 and <= MaxId && id != OidcScopes.Api && !id.AsSpan().ContainsAnyExcept(s_id) && VisibleText.IsId(id);

    private static bool IsAudience(string audience) => IsId(audience) || Parse(audience) is not null;

    /// <summary>Whether the text is a valid scope (RFC 6749 §3.3).</summary>
    private static bool IsScope(string scope) =>
        scope.Length is > 0 and <= MaxScope && scope.All(c => c is > ' ' and not '"' and not '\\' and <= '~');

    private static bool HasSecretIfNeeded(OidcClient client) =>
        client.HasSecret() ? client.SecretHash is { Length: 32 } : client.SecretHash is null;

    /// <summary>The keys of an application may come later.</summary>
    private static bool HasKeysIfNeeded(OidcClient client) =>
        (client.JsonWebKeys, client.JwksUri) switch
        {
            _ when !client.HasKeys() => client is { JsonWebKeys: null, JwksUri: null },
            ({ } keys, null) => keys.Length <= MaxKeys && IsKeySet(keys),
            (null, null) => client.ProjectId is not null && client.Authentication == ClientAuthentication.PrivateKeyJwt,
            (var keys, _) => keys is null,
        };

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

    private static bool AreUris(ImmutableArray<string> uris, bool isInDevelopment) =>
        !uris.IsDefault && uris.Length <= MaxList && uris.All(uri => IsReturnUri(uri, isInDevelopment));

    private static bool IsReturnUri(string uri, bool isInDevelopment) => IsReturnUri(uri) || (isInDevelopment && IsWebUri(uri));

    /// <summary>Whether it is https, http on the person's own machine, or an app's own scheme, which has a dot (RFC 8252).</summary>
    private static bool IsReturnUri(string text) =>
        Parse(text) is { } uri && (uri.Scheme.Contains('.', StringComparison.Ordinal) || IsProtected(text));

    /// <summary>
    /// Whether the logout page may show this address in a frame: it is the client's own, so it has the origin of one of its redirect URIs
    /// (OpenID Connect Front-Channel Logout 1.0 §2).
    /// </summary>
    private static bool IsFrameUri(string text, OidcClient client) =>
        (IsProtected(text) || (client.IsInDevelopment && IsWebUri(text)))
        && client.RedirectUris.Any(uri => IsWebUri(uri) && OriginOf(uri) == OriginOf(text));

    private static string OriginOf(string uri) => new Uri(uri).GetLeftPart(UriPartial.Authority);

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
