using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Issuers;
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

    private const string RedirectUris = "redirectUris[]";
    private const string LogoutUris = "postLogoutRedirectUris[]";
    private const string IdTokenAlgorithm = "idTokenSignedResponseAlg";
    private const string AccessTokenAlgorithm = "accessTokenSignedResponseAlg";
    private const string RequestAlgorithm = "requestObjectSigningAlg";

    /// <summary>
    /// The maximum size, in bytes of JSON, of an application of a project, or of one that registers itself. It is small because many
    /// people can add such applications. Keys that this service made are not counted: they have a limit of their own.
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
    private static readonly FieldRules<OidcClient> s_values = new FieldRules<OidcClient>()
        .Whole(SessionErrors.ClientIdInvalid, client => IsId(client.Id))
        .Whole(SessionErrors.ClientNameTooLong, client => client.Name.Length <= MaxId)
        .Known<ClientAuthentication>(SessionErrors.ClientAuthenticationUnknown, "authentication", client => client.Authentication)
        .Known<AccessTokenType>(SessionErrors.ClientTokenTypeUnknown, "accessTokenType", client => client.AccessTokenType)
        .Whole(SessionErrors.ClientSecretUnfit, HasSecretIfNeeded)
        .Whole(SessionErrors.ClientKeysInvalid, HasKeysIfNeeded)
        .Whole(SessionErrors.ClientKeysWeak, client => client.JsonWebKeys is not { } keys || PublicKeySet.IsStrong(keys))
        .Whole(SessionErrors.ClientCertificateNameInvalid, HasCertificateNameIfNeeded)
        .One(SessionErrors.ClientJwksUriInvalid, "jwksUri", client => client.JwksUri, (_, uri) => IsProtected(uri))
        .Each(
            SessionErrors.ClientGrantTypesUnknown,
            "grantTypes[]",
            int.MaxValue,
            client => client.GrantTypes,
            (_, grant) => OidcGrantTypes.OfClients.Contains(grant),
            grant => grant
        )
        .Each(
            SessionErrors.ClientRedirectUrisWildcard,
            RedirectUris,
            int.MaxValue,
            client => client.RedirectUris,
            HasNoWildcard,
            uri => uri
        )
        .Each(
            SessionErrors.ClientRedirectUrisWildcard,
            LogoutUris,
            int.MaxValue,
            client => client.PostLogoutRedirectUris,
            HasNoWildcard,
            uri => uri
        )
        .Each(SessionErrors.ClientRedirectUrisInvalid, RedirectUris, MaxList, client => client.RedirectUris, IsReturnUri, uri => uri)
        .Each(
            SessionErrors.ClientRedirectUrisInvalid,
            LogoutUris,
            MaxList,
            client => client.PostLogoutRedirectUris,
            IsReturnUri,
            uri => uri
        )
        .Whole(SessionErrors.ClientRedirectUrisUnfit, client =>
            client.Allows(OidcGrantTypes.AuthorizationCode) != client.RedirectUris.IsEmpty
        )
        .Whole(SessionErrors.ClientRefreshUnfit, client =>
            !client.Allows(OidcGrantTypes.RefreshToken)
            || client.Allows(OidcGrantTypes.AuthorizationCode)
            || client.Allows(OidcGrantTypes.DeviceCode)
        )
        .Whole(SessionErrors.ClientExchangeUnfit, client =>
            !client.Allows(OidcGrantTypes.TokenExchange) || client.Authentication != ClientAuthentication.None
        )
        .Whole(SessionErrors.ClientCredentialsUnfit, client =>
            !client.Allows(OidcGrantTypes.ClientCredentials) || client.Authentication != ClientAuthentication.None
        )
        .One(SessionErrors.ClientLoginUriInvalid, "loginUri", client => client.LoginUri, (_, uri) => IsProtected(uri))
        .One(SessionErrors.ClientLogoUriInvalid, "logoUri", client => client.LogoUri, (_, uri) => IsProtected(uri))
        .One(SessionErrors.ClientLogoutUriInvalid, "backchannelLogoutUri", client => client.BackChannelLogoutUri, (_, uri) => IsWebUri(uri))
        .One(
            SessionErrors.ClientFrontLogoutUriInvalid,
            "frontchannelLogoutUri",
            client => client.FrontChannelLogoutUri,
            (client, uri) => IsFrameUri(uri, client)
        )
        .Each(
            SessionErrors.ClientResourcesInvalid,
            "resources[]",
            MaxList,
            client => client.Resources ?? [],
            (_, uri) => Parse(uri) is not null,
            uri => uri
        )
        .Each(SessionErrors.ClientScopesInvalid, "scopes[]", MaxList, client => client.Scopes, (_, scope) => IsScope(scope))
        .Each(
            SessionErrors.ClientAudiencesInvalid,
            "audiences[]",
            MaxList,
            client => client.Audiences ?? [],
            (_, audience) => IsAudience(audience)
        )
        .One(
            SessionErrors.ClientAcrUnknown,
            "minimumAcr",
            client => client.MinimumAcr,
            (_, acr) => AuthenticationContext.Normalize(acr) == acr
        )
        .Whole(SessionErrors.ClientProjectIdLength, client => client.ProjectId is null or { Length: > 0 and <= MaxId })
        .Known<ApplicationKind>(SessionErrors.ClientKindUnknown, "applicationType", client => client.Kind)
        .Whole(SessionErrors.ClientClockSkewInvalid, client =>
            client.ClockSkew is not { } skew || (skew >= TimeSpan.Zero && skew <= s_longestSkew)
        )
        .Each(
            SessionErrors.ClientOriginsInvalid,
            "additionalOrigins[]",
            MaxList,
            client => client.AdditionalOrigins ?? [],
            (_, uri) => IsWebUri(uri),
            uri => uri
        )
        .Whole(SessionErrors.ClientLoginClientLength, client => client.LoginClientId is null or { Length: > 0 and <= MaxId })
        .Known<SenderConstraint>(SessionErrors.ClientSenderConstraintUnknown, "senderConstraint", client => client.SenderConstraint)
        .Known<ClientProfile>(SessionErrors.ClientProfileUnknown, "profile", client => client.Profile)
        .Whole(SessionErrors.ClientProfileAuthenticationUnfit, client =>
            !client.IsFapi() || client.Authentication == ClientAuthentication.PrivateKeyJwt || client.HasCertificate()
        )
        .Whole(SessionErrors.ClientProfilePkceUnfit, client => !client.IsFapi() || client.RequirePkce is not false)
        .One(
            SessionErrors.ClientIdTokenAlgorithmUnknown,
            IdTokenAlgorithm,
            client => client.IdTokenAlgorithm,
            (_, algorithm) => IsAlgorithm(algorithm)
        )
        .One(
            SessionErrors.ClientAccessTokenAlgorithmUnknown,
            AccessTokenAlgorithm,
            client => client.AccessTokenAlgorithm,
            (_, algorithm) => IsAlgorithm(algorithm)
        )
        .One(SessionErrors.ClientProfileAlgorithmUnfit, IdTokenAlgorithm, client => client.IdTokenAlgorithm, IsFitForProfile)
        .One(SessionErrors.ClientProfileAlgorithmUnfit, AccessTokenAlgorithm, client => client.AccessTokenAlgorithm, IsFitForProfile)
        .One(
            SessionErrors.ClientRequestAlgorithmUnknown,
            RequestAlgorithm,
            client => client.RequestObjectAlgorithm,
            (_, algorithm) => SignatureAlgorithms.Accepted.Contains(algorithm)
        )
        .One(SessionErrors.ClientProfileRequestAlgorithmUnfit, RequestAlgorithm, client => client.RequestObjectAlgorithm, IsFitForProfile)
        .Whole(SessionErrors.ClientClaimsTooMany, client => FaultOfClaims(client) != SessionErrors.ClientClaimsTooMany)
        .Whole(SessionErrors.ClientClaimNameReserved, client => FaultOfClaims(client) != SessionErrors.ClientClaimNameReserved)
        .Whole(SessionErrors.ClientClaimInvalid, client => FaultOfClaims(client) is null)
        .Whole(SessionErrors.ClientTooLarge, client =>
            (client.ProjectId is null && client.RegistrationTokenHash is null) || Size(client) <= MaxApplication
        );

    /// <summary>Fails with the first broken rule (<c>OIDC-Cli03</c>).</summary>
    public static void EnsureValid(OidcClient client)
    {
        if (s_values.Refusal(client) is { } refusal)
        {
            throw refusal;
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

    /// <summary>FAPI 2.0 security profile §5.4.1.</summary>
    private static bool IsFitForProfile(OidcClient client, string algorithm) => !client.IsFapi() || algorithm is "ES256" or "PS256";

    private static bool IsAlgorithm(string name) => name is "RS256" or "RS384" or "RS512" or "PS256" or "ES256" or "ES384" or "ES512";

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

    /// <summary>The keys of an application that authenticates with them may come later.</summary>
    private static bool HasKeysIfNeeded(OidcClient client) =>
        (client.JsonWebKeys, client.JwksUri) switch
        {
            _ when !client.HasKeys() => client is { JsonWebKeys: null, JwksUri: null },
            ({ } keys, null) => keys.Length <= MaxKeys && PublicKeySet.IsOne(keys),
            (null, null) => client.ProjectId is not null && client.Authentication == ClientAuthentication.PrivateKeyJwt,
            (var keys, _) => keys is null,
        };

    private static bool HasCertificateNameIfNeeded(OidcClient client) =>
        client.Authentication == ClientAuthentication.TlsClientAuth
            ? client.CertificateName is { } name && CertificateNames.IsValid(name)
            : client.CertificateName is null;

    private static bool HasNoWildcard(OidcClient _, string uri) => !uri.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether it is https, http on the person's own machine, or an app's own scheme, which has a dot (RFC 8252).</summary>
    private static bool IsReturnUri(OidcClient client, string text) =>
        (Parse(text) is { } uri && (uri.Scheme.Contains('.', StringComparison.Ordinal) || IsProtected(text)))
        || (client.IsInDevelopment && IsWebUri(text));

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
