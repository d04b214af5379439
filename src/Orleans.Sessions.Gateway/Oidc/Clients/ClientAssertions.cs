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
/// §3). One without an id may come again, because many programs make the same one twice in a second.
/// </summary>
internal sealed class ClientAssertions(ClientDirectory clients, Grains grains, IOptions<OidcProviderOptions> options, TimeProvider clock)
{
    private const int MaxSubject = 200;
    private static readonly TimeSpan s_longestOfClient = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(10);
    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    /// <summary>The verified assertion of a client; <c>null</c> if it is not good.</summary>
    public async Task<JsonWebToken?> OfClientAsync(
        string assertion,
        IReadOnlyCollection<string> audiences,
        CancellationToken cancellationToken
    )
    {
        if (
            SignedTokens.Read(s_handler, assertion) is not { } token
            || await clients.FindAsync(token.Issuer, cancellationToken) is not { Authentication: ClientAuthentication.PrivateKeyJwt } client
        )
        {
            return null;
        }

        return await IsGoodAsync(token, KeysOf(client), audiences, s_longestOfClient, cancellationToken) ? token : null;
    }

    /// <summary>
    /// The assertion, if the service account that it names as its issuer has signed it and it is good; otherwise <c>null</c>.
    /// </summary>
    public async Task<JsonWebToken?> OfServiceAccountAsync(
        string assertion,
        IReadOnlyCollection<string> audiences,
        CancellationToken cancellationToken
    )
    {
        if (
            SignedTokens.Read(s_handler, assertion) is not { Kid.Length: > 0 and <= MaxSubject, Issuer.Length: > 0 and <= MaxSubject } token
        )
        {
            return null;
        }

        var spki = await grains.CallAsync(() => grains.User(token.Issuer).FindKeyAsync(token.Kid), cancellationToken);
        if (spki is not { } publicKey)
        {
            return null;
        }

        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey.AsSpan(), out _);

        // The library must not cache the key: the key object is disposed after this call.
        var key = new RsaSecurityKey(rsa)
        {
            KeyId = token.Kid,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        return await IsGoodAsync(token, [key], audiences, options.Value.ServiceAssertionLifetime, cancellationToken) ? token : null;
    }

    private List<SecurityKey> KeysOf(OidcClient client)
    {
        var keys = client.JsonWebKeys is { } json ? new JsonWebKeySet(json).GetSigningKeys().ToList() : [];
        var now = clock.GetUtcNow();
        foreach (var known in (client.Keys ?? []).Where(known => known.ExpiresAt is not { } end || now < end))
        {
            using var rsa = System.Security.Cryptography.RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(known.PublicKey.AsSpan(), out _);
            keys.Add(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = known.Id });
        }

        return keys;
    }

    private async Task<bool> IsGoodAsync(
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
                ValidIssuer = token.Subject,
                // Another audience could replay the assertion here, so no other audience may be named.
                AudienceValidator = (named, _, _) =>
                    named.Any() && named.All(audience => audiences.Contains(audience, StringComparer.Ordinal)),
                IssuerSigningKeys = keys,
                ValidAlgorithms = SignatureAlgorithms.Accepted,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(token, notBefore, expires, longest),
            }
        );
        return result.IsValid && token.Subject is { Length: > 0 and <= MaxSubject } && await IsFirstUseAsync(token, cancellationToken);
    }

    private async Task<bool> IsFirstUseAsync(JsonWebToken token, CancellationToken cancellationToken) =>
        token.Id is not { Length: > 0 } id
        || await grains.TryUseAsync(
            $"assertion\n{token.Issuer}\njti\n{id}",
            new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + s_skew,
            cancellationToken
        );

    private bool IsCurrent(JsonWebToken token, DateTime? notBefore, DateTime? expires, TimeSpan longest)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var issuedAt = token.IssuedAt == DateTime.MinValue ? now : token.IssuedAt;
        return expires is { } end
            && now < end + s_skew
            && end <= now + longest + s_skew
            && issuedAt <= now + s_skew
            && now <= issuedAt + longest + s_skew
            && (notBefore is not { } start || start - s_skew <= now);
    }
}
