using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// Verifies JWT access tokens of the configured issuers. The issuer's published keys must verify the signature, with an asymmetric
/// algorithm. The token must be within its lifetime, must be an access token (RFC 9068) and not an id token or logout token, and must be
/// meant for this service.
/// </summary>
internal sealed class JwtVerifier : IDisposable
{
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    /// <summary>The types of access tokens (RFC 9068 §4). The prefix <c>application/</c> is optional.</summary>
    private static readonly string[] s_accessTokens = ["at+jwt", "application/at+jwt"];

    /// <summary>
    /// Claims that only other tokens have: id tokens (OpenID Connect Core §2, §3.3.2.11) and logout tokens (Back-Channel Logout §2.4).
    /// </summary>
    private static readonly string[] s_claimsOfOthers = ["nonce", "at_hash", "c_hash", "s_hash", "events"];

    private const int MaxResponse = 256 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, TrustedIssuer> _issuers;
    private readonly IssuerDocuments _documents;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public JwtVerifier(IOptions<AuthenticationOptions> options, EgressHttp egress, TimeProvider clock)
    {
        _http = egress.Create(s_timeout, MaxResponse);
        _clock = clock;
        _issuers = options.Value.Issuers.ToDictionary(issuer => issuer.Issuer);
        _documents = new IssuerDocuments(ReadAsync, clock);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// The subject of a good token, when that person last proved a factor, if the issuer says so (<c>auth_time</c>), and the thumbprint of
    /// the key to which the token is bound, if it is bound to one (<c>cnf</c>). Fails with <c>AUTH-7fs1e</c>, or with <c>APP-Zxfako</c> if
    /// the token is meant for another service.
    /// </summary>
    public async Task<(string Subject, DateTimeOffset? ProvedAt, string? KeyThumbprint)> VerifyAsync(
        string token,
        CancellationToken cancellationToken
    )
    {
        if (
            SignedTokens.Read(s_handler, token) is not { } jwt
            || !_issuers.TryGetValue(jwt.Issuer, out var trusted)
            || !IsAccessToken(jwt, trusted)
        )
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        var result = await ValidateAsync(jwt, trusted, cancellationToken);
        if (!result.IsValid || result.ClaimsIdentity.FindFirst("sub")?.Value is not { Length: > 0 and <= 200 } subject)
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        return IsForThisService(result.ClaimsIdentity, trusted)
            ? (subject, ProvedAt(result.ClaimsIdentity), DpopTokens.BoundTo(jwt))
            : throw new SessionException(SessionErrors.TokenAudienceInvalid);
    }

    private async Task<TokenValidationResult> ValidateAsync(JsonWebToken token, TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            // Other callers may wait for the same answer, so cancellation ends only this caller's wait.
            configuration = await _documents.GetAsync(issuer.Issuer, token.Kid).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Without the issuer's keys the token cannot be checked. That is not the caller's fault.
            throw new SessionException(SessionErrors.IssuerAway);
        }

        return await s_handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = issuer.Issuer,
                ValidateAudience = false,
                IssuerSigningKeys = configuration.SigningKeys,
                ValidAlgorithms = SignatureAlgorithms.Accepted,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                ClockSkew = TimeSpan.FromSeconds(10),
                LifetimeValidator = (notBefore, expires, _, parameters) => IsCurrent(notBefore, expires, parameters.ClockSkew),
            }
        );
    }

    /// <summary>A time in the future is ignored; otherwise the proof would count as fresh for too long.</summary>
    private DateTimeOffset? ProvedAt(ClaimsIdentity claims)
    {
        var now = _clock.GetUtcNow();
        return
            long.TryParse(claims.FindFirst("auth_time")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= now.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now - skew < end && (notBefore is not { } start || start <= now + skew);
    }

    /// <summary>
    /// Decides by the token's type or, for an issuer that gives its access tokens no type of their own, by the absence of other tokens'
    /// claims.
    /// </summary>
    private static bool IsAccessToken(JsonWebToken token, TrustedIssuer issuer)
    {
        var isTyped = s_accessTokens.Contains(token.Typ, StringComparer.OrdinalIgnoreCase);
        var isUntyped = string.IsNullOrEmpty(token.Typ) || token.Typ.Equals("JWT", StringComparison.OrdinalIgnoreCase);
        return (isTyped || (isUntyped && issuer.AllowUntyped))
            && !s_claimsOfOthers.Any(name => token.TryGetPayloadValue<object>(name, out _));
    }

    private static bool IsForThisService(ClaimsIdentity claims, TrustedIssuer issuer)
    {
        var audiences = claims.FindAll("aud").Select(claim => claim.Value);
        if (audiences.Any(audience => audience == OidcScopes.ApiAudience || (issuer.Audience is not null && audience == issuer.Audience)))
        {
            return true;
        }

        var scopes = claims.FindAll("scope").Concat(claims.FindAll("scp")).SelectMany(claim => claim.Value.Split(' ')).ToHashSet();
        return scopes.Contains("openid") && scopes.Contains(OidcScopes.ApiAudience);
    }

    private Task<OpenIdConnectConfiguration> ReadAsync(string issuer)
    {
        var address = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        var documents = new HttpDocumentRetriever(_http) { RequireHttps = !_issuers[issuer].AllowHttp && !address.IsLoopback };
        return OpenIdConnectConfigurationRetriever.GetAsync(address.AbsoluteUri, documents, CancellationToken.None);
    }
}
