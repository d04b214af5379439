using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>
/// Verifies signed assertions (RFC 7523): those of clients that authenticate with them, and those of service accounts that exchange them
/// for tokens. An assertion needs an asymmetric algorithm, the same issuer and subject, and this service as its only audience. That of a
/// client lives an hour at most, and that of a service account as long as the settings say. An assertion with an id works once (RFC 7523
/// §3). One without an id may come again, because many programs make the same one twice in a second. A refusal names the broken rule.
/// </summary>
internal sealed class ClientAssertions(
    ClientDirectory clients,
    ClientKeys clientKeys,
    Grains grains,
    IOptions<OidcProviderOptions> options,
    TimeProvider clock
)
{
    private const int MaxSubject = 200;
    private const string Unreadable = "The assertion is not a signed JWT that names its issuer.";
    private const string WrongKey = "The assertion is not signed with a key of its issuer, by an algorithm that is accepted here.";
    private static readonly string[] s_fapiAlgorithms = ["PS256", "ES256"];
    private static readonly TimeSpan s_longestOfClient = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(10);
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    /// <summary>Verifies the assertion of a client.</summary>
    public async Task<VerifiedToken> OfClientAsync(
        string assertion,
        string issuer,
        IReadOnlyCollection<string> audiences,
        CancellationToken cancellationToken
    )
    {
        if (SignedTokens.Read(s_handler, assertion) is not { } token)
        {
            return VerifiedToken.Bad(Unreadable);
        }

        if (await clients.FindAsync(token.Issuer, cancellationToken) is not { Authentication: ClientAuthentication.PrivateKeyJwt } client)
        {
            return VerifiedToken.Bad("The issuer (iss) of the assertion is not a client that authenticates with assertions.");
        }

        if (await clientKeys.OfAsync(client, token.Kid, cancellationToken) is not { } keys)
        {
            return VerifiedToken.Bad("The keys of the client cannot be read at its jwksUri at the moment.");
        }

        // FAPI 2.0 security profile §5.3.2.1 and §5.4.1.
        return !client.IsFapi() ? await VerifyAsync(token, keys, audiences, s_longestOfClient, cancellationToken)
            : !s_fapiAlgorithms.Contains(token.Alg, StringComparer.Ordinal)
                ? VerifiedToken.Bad("The assertion of a client with the profile FAPI2 must be signed by PS256 or ES256.")
            : AudienceOf(token) != issuer
                ? VerifiedToken.Bad("The audience (aud) of the assertion must be the issuer, as a text, with the profile FAPI2.")
            : await VerifyAsync(token, keys, [issuer], s_longestOfClient, cancellationToken);
    }

    /// <summary>Verifies the assertion of the service account that it names as its issuer.</summary>
    public async Task<VerifiedToken> OfServiceAccountAsync(
        string assertion,
        IReadOnlyCollection<string> audiences,
        CancellationToken cancellationToken
    )
    {
        if (
            SignedTokens.Read(s_handler, assertion) is not { Kid.Length: > 0 and <= MaxSubject, Issuer.Length: > 0 and <= MaxSubject } token
        )
        {
            return VerifiedToken.Bad(Unreadable);
        }

        var spki = await grains.CallAsync(() => grains.User(token.Issuer).FindKeyAsync(token.Kid), cancellationToken);
        if (spki is not { } publicKey)
        {
            return VerifiedToken.Bad(WrongKey);
        }

        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey.AsSpan(), out _);

        // The library must not cache the key: the key object is disposed after this call.
        var key = new RsaSecurityKey(rsa)
        {
            KeyId = token.Kid,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        return await VerifyAsync(token, [key], audiences, options.Value.ServiceAssertionLifetime, cancellationToken);
    }

    /// <summary>The audience; <c>null</c> if it is a list.</summary>
    private static string? AudienceOf(JsonWebToken token)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        return claims.RootElement.TryGetProperty("aud", out var audience) && audience.ValueKind == JsonValueKind.String
            ? audience.GetString()
            : null;
    }

    /// <summary>
    /// Checks the signature first: what else is wrong is told only to whoever has the key. The library checks the signature alone, because
    /// it does not say which of the other rules is broken.
    /// </summary>
    private async Task<VerifiedToken> VerifyAsync(
        JsonWebToken token,
        IEnumerable<SecurityKey> keys,
        IReadOnlyCollection<string> audiences,
        TimeSpan longest,
        CancellationToken cancellationToken
    )
    {
        var result = await s_handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
                IssuerSigningKeys = keys,
                ValidAlgorithms = SignatureAlgorithms.Accepted,
                RequireSignedTokens = true,
            }
        );
        if (!result.IsValid)
        {
            return VerifiedToken.Bad(WrongKey);
        }

        var fault =
            token.Subject is not { Length: > 0 and <= MaxSubject } || token.Subject != token.Issuer
                ? "The issuer (iss) and the subject (sub) of the assertion must be the same."
            // Another audience could replay the assertion here, so no other audience may be named.
            : !token.Audiences.Any() || !token.Audiences.All(audience => audiences.Contains(audience, StringComparer.Ordinal))
                ? "The audience (aud) of the assertion must be the issuer, the token endpoint or the endpoint that is called, and no other."
            : TimeFault(token, longest);
        return fault is not null ? VerifiedToken.Bad(fault)
            : await IsFirstUseAsync(token, cancellationToken) ? VerifiedToken.Good(token)
            : VerifiedToken.Bad("The id (jti) of the assertion was used before.");
    }

    private async Task<bool> IsFirstUseAsync(JsonWebToken token, CancellationToken cancellationToken) =>
        token.Id is not { Length: > 0 } id
        || await grains.TryUseAsync(
            $"assertion\n{token.Issuer}\njti\n{id}",
            new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + s_skew,
            cancellationToken
        );

    private string? TimeFault(JsonWebToken token, TimeSpan longest)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var issuedAt = token.IssuedAt == DateTime.MinValue ? now : token.IssuedAt;
        return token.ValidTo == DateTime.MinValue ? "The assertion has no end (exp)."
            : now - s_skew >= token.ValidTo ? "The assertion has expired (exp)."
            : issuedAt > now + s_skew ? "The assertion was issued in the future (iat): the clocks differ."
            : token.ValidFrom > now + s_skew ? "The assertion is not valid yet (nbf): the clocks differ."
            : token.ValidTo > now + longest + s_skew || now > issuedAt + longest + s_skew
                ? $"The assertion lives too long (iat, exp): at most {(long)longest.TotalSeconds} seconds."
            : null;
    }
}
