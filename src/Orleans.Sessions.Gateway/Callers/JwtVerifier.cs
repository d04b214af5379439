using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// Verifies JWT access tokens of the configured issuers: signature by the issuer's published keys, asymmetric algorithms only,
/// lifetime, and that the token is meant for this service.
/// </summary>
internal sealed class JwtVerifier : IDisposable
{
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, TrustedIssuer> _issuers;
    private readonly IssuerDocuments _documents;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = s_timeout };
    private readonly TimeProvider _clock;

    public JwtVerifier(IOptions<AuthenticationOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _issuers = options.Value.Issuers.ToDictionary(issuer => issuer.Issuer);
        _documents = new IssuerDocuments(ReadAsync, clock);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The subject of a good token. Fails with <c>AUTH-7fs1e</c>, or <c>APP-Zxfako</c> when the token is meant for somebody else.</summary>
    public async Task<string> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (Read(token) is not { } jwt || !_issuers.TryGetValue(jwt.Issuer, out var trusted))
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        var result = await ValidateAsync(jwt, trusted, cancellationToken);
        if (!result.IsValid || result.ClaimsIdentity.FindFirst("sub")?.Value is not { Length: > 0 and <= 200 } subject)
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        return IsForThisService(result.ClaimsIdentity, trusted)
            ? subject
            : throw new SessionException(SessionErrors.TokenAudienceInvalid);
    }

    private async Task<TokenValidationResult> ValidateAsync(JsonWebToken token, TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            // Others may wait for the same answer, so only the waiting ends with the caller.
            configuration = await _documents.GetAsync(issuer.Issuer, token.Kid).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Without the issuer's keys nobody can tell whether the token is good: not the caller's fault.
            throw new SessionException(SessionErrors.IssuerAway);
        }

        return await s_handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidateAudience = false,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = SignatureAlgorithms.Accepted,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(10),
            LifetimeValidator = (notBefore, expires, _, parameters) => IsCurrent(notBefore, expires, parameters.ClockSkew),
        });
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + skew && (notBefore is not { } start || start - skew <= now);
    }

    /// <summary>The token before anything of it is verified; <c>null</c>: it is no JWT at all.</summary>
    private static JsonWebToken? Read(string token)
    {
        try
        {
            return s_handler.CanReadToken(token) ? s_handler.ReadJsonWebToken(token) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
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
