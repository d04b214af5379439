using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>The OAuth grant types this service knows.</summary>
public static class OidcGrantTypes
{
    /// <summary><c>authorization_code</c></summary>
    public const string AuthorizationCode = "authorization_code";

    /// <summary><c>refresh_token</c></summary>
    public const string RefreshToken = "refresh_token";

    /// <summary><c>client_credentials</c>, for service accounts, and for clients that speak for themselves.</summary>
    public const string ClientCredentials = "client_credentials";

    /// <summary>RFC 7523, for service accounts with a key.</summary>
    public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>RFC 8628.</summary>
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>RFC 8693.</summary>
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// <summary>The grant types of registered clients. The other one is for service accounts.</summary>
    public static readonly ImmutableArray<string> OfClients =
    [
        AuthorizationCode,
        RefreshToken,
        DeviceCode,
        TokenExchange,
        ClientCredentials,
    ];
}
