using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// Verifies JWT access tokens of the configured issuers: signature by the issuer's published keys, asymmetric algorithms only,
/// lifetime, and that the token is meant for this service.
/// </summary>
internal sealed class JwtVerifier
{
    /// <summary>What ZITADEL clients ask for so that their token is good for its own API (surroundings §8).</summary>
    private const string AudienceScope = "urn:zitadel:iam:org:project:id:zitadel:aud";

    private static readonly string[] s_algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    private readonly Dictionary<string, (TrustedIssuer Issuer, ConfigurationManager<OpenIdConnectConfiguration> Keys)> _issuers;
    private readonly TimeProvider _clock;

    public JwtVerifier(IOptions<AuthenticationOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _issuers = options.Value.Issuers.ToDictionary(issuer => issuer.Issuer, issuer => (issuer, Discovery(issuer)));
    }

    /// <summary>The subject of a good token. Fails with <c>AUTH-7fs1e</c>, or <c>APP-Zxfako</c> when the token is meant for somebody else.</summary>
    public async Task<string> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (!_issuers.TryGetValue(IssuerOf(token), out var trusted))
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        var result = await ValidateAsync(token, trusted.Issuer, trusted.Keys, cancellationToken);
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer may have rotated its keys since they were read.
            trusted.Keys.RequestRefresh();
            result = await ValidateAsync(token, trusted.Issuer, trusted.Keys, cancellationToken);
        }

        if (!result.IsValid || result.ClaimsIdentity.FindFirst("sub")?.Value is not { Length: > 0 and <= 200 } subject)
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        return IsForThisService(result.ClaimsIdentity, trusted.Issuer)
            ? subject
            : throw new SessionException(SessionErrors.TokenAudienceInvalid);
    }

    private async Task<TokenValidationResult> ValidateAsync(
        string token, TrustedIssuer issuer, ConfigurationManager<OpenIdConnectConfiguration> keys, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            configuration = await keys.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Without the issuer's keys nobody can tell whether the token is good: not the caller's fault.
            throw new SessionException(SessionErrors.IssuerAway);
        }

        return await s_handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidateAudience = false,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = s_algorithms,
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

    /// <summary>What the token itself says; empty when it is no JWT at all.</summary>
    private static string IssuerOf(string token)
    {
        try
        {
            return s_handler.CanReadToken(token) ? s_handler.ReadJsonWebToken(token).Issuer : "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    private static bool IsForThisService(ClaimsIdentity claims, TrustedIssuer issuer)
    {
        var audiences = claims.FindAll("aud").Select(claim => claim.Value);
        if (audiences.Any(audience => audience == AudienceScope || (issuer.Audience is not null && audience == issuer.Audience)))
        {
            return true;
        }

        var scopes = claims.FindAll("scope").Concat(claims.FindAll("scp")).SelectMany(claim => claim.Value.Split(' ')).ToHashSet();
        return scopes.Contains("openid") && scopes.Contains(AudienceScope);
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> Discovery(TrustedIssuer issuer)
    {
        var address = new Uri(issuer.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        return new(
            address.AbsoluteUri,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = !issuer.AllowHttp && !address.IsLoopback });
    }
}
