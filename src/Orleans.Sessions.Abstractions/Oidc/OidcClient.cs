using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>An application that logs people in here, or a service that asks about tokens.</summary>
[GenerateSerializer, Immutable, Alias("sessions.OidcClient")]
public sealed record OidcClient
{
    /// <summary>The client id, 1 to 200 characters of letters, digits and <c>-._~@</c>; not <see cref="OidcScopes.Api"/>, which names this service's own API.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>What people are shown.</summary>
    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>How it proves who it is at the token endpoint.</summary>
    [Id(2)]
    public ClientAuthentication Authentication { get; init; }

    /// <summary>SHA-256 of the client secret; <c>null</c>: it has none.</summary>
    [Id(3)]
    public ImmutableArray<byte>? SecretHash { get; init; }

    /// <summary>Its public keys as a JSON Web Key Set, for <see cref="ClientAuthentication.PrivateKeyJwt"/>.</summary>
    [Id(4)]
    public string? JsonWebKeys { get; init; }

    /// <summary>Where people may be sent back to; compared character by character, but for the port where a public client waits on loopback (RFC 8252).</summary>
    [Id(5)]
    public ImmutableArray<string> RedirectUris { get; init; } = [];

    /// <summary>Where people may be sent after a logout; compared character by character.</summary>
    [Id(6)]
    public ImmutableArray<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>The login frontend for this client; <c>null</c>: the service's own setting.</summary>
    [Id(7)]
    public string? LoginUri { get; init; }

    /// <summary>Where it wants to hear that a session ended (OpenID Connect back-channel logout).</summary>
    [Id(8)]
    public string? BackChannelLogoutUri { get; init; }

    /// <summary>The OAuth grant types it may use.</summary>
    [Id(9)]
    public ImmutableArray<string> GrantTypes { get; init; } = [OidcGrantTypes.AuthorizationCode];

    /// <summary>
    /// Scopes it may ask for beyond those of OpenID Connect and of this service. The audiences that its tokens may have beside itself are among them:
    /// <see cref="OidcScopes.ApiAudience"/> for this service's own API, <c>urn:zitadel:iam:org:project:id:{client}:aud</c> for another client's.
    /// </summary>
    [Id(10)]
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>The form of its access tokens.</summary>
    [Id(11)]
    public AccessTokenType AccessTokenType { get; init; }

    /// <summary>The least assurance a login for it needs: <see cref="AuthenticationContext"/>; <c>null</c>: one factor.</summary>
    [Id(12)]
    public string? MinimumAcr { get; init; }

    /// <summary>Whether it may only send authorization requests that it pushed before (RFC 9126).</summary>
    [Id(13)]
    public bool RequirePushedRequests { get; init; }

    /// <summary>The user id of a login frontend that may complete its requests without <c>session.link</c>.</summary>
    [Id(14)]
    public string? LoginClientId { get; init; }

    /// <summary>Whether it comes from the configuration, which is what changes it.</summary>
    [Id(15)]
    public bool IsConfigured { get; init; }

    /// <summary>When it was made.</summary>
    [Id(16)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(17)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether its authorization requests must use PKCE (RFC 7636); <c>null</c>: as the service's setting says. Public clients always must.</summary>
    [Id(18)]
    public bool? RequirePkce { get; init; }

    /// <summary>
    /// Whether what was made for <paramref name="clientId"/> was made for this very registration: a client that was deleted and registered again under its id is another one.
    /// </summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="registeredAt">When that client was registered; <c>null</c>: nobody noted it.</param>
    public bool IsRegistration(string clientId, DateTimeOffset? registeredAt) => Id == clientId && (registeredAt is null || registeredAt == CreatedAt);

    /// <summary>Whether it may use a grant type.</summary>
    public bool Allows(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);
}

/// <summary>How a client proves who it is; numbers are those of <c>sessions.oidc.v1.ClientAuthentication</c>.</summary>
public enum ClientAuthentication
{
    /// <summary>Not at all: a public client, which must use PKCE.</summary>
    None = 0,

    /// <summary>A secret in the Authorization header.</summary>
    SecretBasic = 1,

    /// <summary>A secret in the form.</summary>
    SecretPost = 2,

    /// <summary>A signed assertion (RFC 7523).</summary>
    PrivateKeyJwt = 3,
}

/// <summary>The form of access tokens; numbers are those of <c>sessions.oidc.v1.AccessTokenType</c>.</summary>
public enum AccessTokenType
{
    /// <summary>Random: only this service can say what it means.</summary>
    Opaque = 0,

    /// <summary>A signed JWT (RFC 9068), which resource servers can read themselves.</summary>
    Jwt = 1,
}

/// <summary>The OAuth grant types this service knows.</summary>
public static class OidcGrantTypes
{
    /// <summary><c>authorization_code</c></summary>
    public const string AuthorizationCode = "authorization_code";

    /// <summary><c>refresh_token</c></summary>
    public const string RefreshToken = "refresh_token";

    /// <summary><c>client_credentials</c>, for service accounts.</summary>
    public const string ClientCredentials = "client_credentials";

    /// <summary>RFC 7523, for service accounts with a key.</summary>
    public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>RFC 8628.</summary>
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>RFC 8693.</summary>
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// <summary>Those a registered client may be given; the other two belong to service accounts.</summary>
    public static readonly ImmutableArray<string> OfClients = [AuthorizationCode, RefreshToken, DeviceCode, TokenExchange];
}
