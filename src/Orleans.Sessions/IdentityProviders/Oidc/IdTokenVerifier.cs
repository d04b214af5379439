using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Issuers;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// Verifies the answers of the token and userinfo endpoints (OpenID Connect Core §3.1.3.7, §5.3.2): signature by the provider's published
/// keys, asymmetric algorithms only, issuer, audience, lifetime, nonce, access token hash, and that both answers are about the same person.
/// </summary>
internal sealed class IdTokenVerifier(OidcDiscovery discovery, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler s_handler = new()
    {
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = UpstreamHttp.MaxResponse,
    };

    // The nonce is just random; by default the validator would look for a time in it.
    private static readonly OpenIdConnectProtocolValidator s_protocol = new()
    {
        RequireTimeStampInNonce = false,
        RequireNonce = true,
        RequireStateValidation = false,
    };

    /// <summary>The verified id token of an answer. Fails with <see cref="UpstreamException"/>.</summary>
    public async Task<JwtSecurityToken> VerifyAsync(StoredProvider provider, OpenIdConnectMessage answer, string nonce)
    {
        if (answer is not { IdToken.Length: > 0, AccessToken.Length: > 0 })
        {
            throw new UpstreamException("the token endpoint gave no id token or no access token");
        }

        if (SignedTokens.Read(s_handler, answer.IdToken) is not { } signed)
        {
            throw new UpstreamException("the id token cannot be read");
        }

        var result = await ValidateAsync(provider, signed);
        if (!result.IsValid)
        {
            throw new UpstreamException("the id token is not valid", result.Exception);
        }

        var token = new JwtSecurityToken(answer.IdToken);
        try
        {
            s_protocol.ValidateTokenResponse(
                new OpenIdConnectProtocolValidationContext
                {
                    ClientId = provider.Settings.ClientId,
                    Nonce = nonce,
                    ProtocolMessage = answer,
                    ValidatedIdToken = token,
                }
            );
        }
        catch (OpenIdConnectProtocolException exception)
        {
            throw new UpstreamException("the id token does not belong to this login", exception);
        }

        return token;
    }

    /// <summary>
    /// The claims of a signed answer of the userinfo endpoint (OpenID Connect Core §5.3.2). It may lack issuer, audience and times. Fails
    /// with <see cref="UpstreamException"/>.
    /// </summary>
    public async Task<string> ReadUserInfoAsync(StoredProvider provider, string answer)
    {
        if (SignedTokens.Read(s_handler, answer) is not { } signed)
        {
            throw new UpstreamException("the answer of the userinfo endpoint cannot be read");
        }

        var result = await ValidateAsync(provider, signed, isUserInfo: true);
        return result.IsValid
            ? Base64UrlEncoder.Decode(signed.EncodedPayload)
            : throw new UpstreamException("the answer of the userinfo endpoint is not valid", result.Exception);
    }

    private async Task<TokenValidationResult> ValidateAsync(StoredProvider provider, JsonWebToken token, bool isUserInfo = false)
    {
        var registered = provider.Settings.Issuer;
        var configuration = await discovery.GetAsync(registered, token.Kid);
        return await s_handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                IssuerValidator = (issuer, _, _) =>
                    discovery.Issuers.IsIssuer(registered, configuration.Issuer, issuer) || (isUserInfo && string.IsNullOrEmpty(issuer))
                        ? issuer
                        : throw new SecurityTokenInvalidIssuerException("the token is of another issuer"),
                AudienceValidator = (audiences, _, _) => audiences.Contains(provider.Settings.ClientId) || (isUserInfo && !audiences.Any()),
                IssuerSigningKeys = KeysOf(configuration, token.Issuer),
                ValidAlgorithms = SignatureAlgorithms.Accepted,
                RequireExpirationTime = !isUserInfo,
                RequireSignedTokens = true,
                ClockSkew = TimeSpan.FromSeconds(30),
                LifetimeValidator = (notBefore, expires, _, parameters) =>
                    IsCurrent(notBefore, isUserInfo ? expires ?? DateTime.MaxValue : expires, parameters.ClockSkew),
            }
        );
    }

    private IEnumerable<SecurityKey> KeysOf(OpenIdConnectConfiguration configuration, string issuer)
    {
        var foreign = (configuration.JsonWebKeySet?.Keys ?? [])
            .Where(key => !discovery.Issuers.IsKeyOf(key, issuer))
            .Select(key => key.Kid)
            .ToHashSet();
        return configuration.SigningKeys.Where(key => !foreign.Contains(key.KeyId));
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now - skew < end && (notBefore is not { } start || start <= now + skew);
    }
}
