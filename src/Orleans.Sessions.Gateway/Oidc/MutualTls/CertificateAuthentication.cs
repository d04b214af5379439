using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>Authenticates clients by their TLS certificates (RFC 8705 §2). A refusal names the broken rule.</summary>
internal sealed class CertificateAuthentication(
    PresentedCertificates presented,
    CertificateAuthorities authorities,
    ClientKeys published,
    TimeProvider clock
)
{
    /// <summary>The rule that the request breaks, as the client may be told; <c>null</c> if the client is authenticated.</summary>
    public async Task<string?> FaultOfAsync(HttpContext http, OidcClient client, CancellationToken cancellationToken)
    {
        if (!presented.IsOn)
        {
            return "Mutual TLS is off.";
        }

        if (presented.Find(http) is not { } certificate)
        {
            return "The request has no TLS client certificate.";
        }

        try
        {
            return await FaultOfAsync(certificate, client, cancellationToken);
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException or ArgumentException)
        {
            // The handshake shows only who has the key. Its owner may have written anything else into the certificate, such as a month 99.
            return "The client certificate cannot be read.";
        }
    }

    private async Task<string?> FaultOfAsync(X509Certificate2 certificate, OidcClient client, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
        {
            return "The client certificate is not valid yet, or not any more.";
        }

        if (client.Authentication == ClientAuthentication.SelfSignedTlsClientAuth)
        {
            return await HasRegisteredKeyAsync(client, certificate, cancellationToken)
                ? null
                : "The key of the client certificate is not registered for the client.";
        }

        return !authorities.Trust(certificate) ? "The client certificate is not one of a trusted authority for clients."
            : client.CertificateName is { } name && CertificateNames.Has(certificate, name) ? null
            : "The client certificate does not have the name that is registered for the client.";
    }

    private async Task<bool> HasRegisteredKeyAsync(OidcClient client, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var key = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        if (client.JsonWebKeys is { } json)
        {
            return HasKey(new JsonWebKeySet(json).GetSigningKeys(), key);
        }

        // A key that is not among the known ones may be new. No key has the thumbprint as its id, so the keys are fetched again.
        return client.JwksUri is { } address
            && (
                HasKey(await published.AtAsync(address, keyId: null, cancellationToken), key)
                || HasKey(await published.AtAsync(address, PresentedCertificates.ThumbprintOf(certificate), cancellationToken), key)
            );
    }

    private static bool HasKey(IEnumerable<SecurityKey>? keys, byte[] key) =>
        keys?.Where(ClientKeys.IsStrong).Any(known => PublicKeyOf(known).AsSpan().SequenceEqual(key)) == true;

    /// <summary>The public key as certificates have it (RFC 5280 §4.1.2.7); empty if it is of another kind.</summary>
    private static byte[] PublicKeyOf(SecurityKey key)
    {
        switch (key)
        {
            case X509SecurityKey { Certificate: var certificate }:
                return certificate.PublicKey.ExportSubjectPublicKeyInfo();
            case ECDsaSecurityKey { ECDsa: var elliptic }:
                return elliptic.ExportSubjectPublicKeyInfo();
            case RsaSecurityKey { Rsa: { } known }:
                return known.ExportSubjectPublicKeyInfo();
            case RsaSecurityKey { Parameters: var parameters }:
                using (var rsa = RSA.Create(parameters))
                {
                    return rsa.ExportSubjectPublicKeyInfo();
                }

            default:
                return [];
        }
    }
}
