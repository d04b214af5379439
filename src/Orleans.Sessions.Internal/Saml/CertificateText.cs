using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.Saml;

/// <summary>
/// Reads the certificates in which service providers publish their keys. Only the key matters; the issuer and the expiry of the certificate
/// do not.
/// </summary>
public static class CertificateText
{
    private const int MaxText = 16 * 1024;
    private const int MinRsaBits = 2048;
    private const int MinCurveBits = 256;

    /// <summary>
    /// The certificate (DER) of a text: PEM, or base64 with any white space. <c>null</c> if the text is not a certificate.
    /// </summary>
    public static ImmutableArray<byte>? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            if (text.Length > MaxText)
            {
                return null;
            }

            var data =
                text.Contains("-----BEGIN", StringComparison.Ordinal) && PemEncoding.TryFind(text, out var pem)
                    ? text[pem.Base64Data]
                    : text;
            return [.. Convert.FromBase64String(data)];
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether this is a certificate.</summary>
    public static bool IsCertificate(ImmutableArray<byte> der) => Ask(der, _ => true);

    /// <summary>Whether this is a certificate of an RSA key with at least 2048 bits, which can encrypt.</summary>
    public static bool HasRsaKey(ImmutableArray<byte> der) => Ask(der, certificate =>
        {
            using var key = certificate.GetRSAPublicKey();
            return key?.KeySize >= MinRsaBits;
        });

    /// <summary>
    /// Whether this is a certificate of a key that can sign: RSA with at least 2048 bits, or a point of a curve with at least 256 bits.
    /// </summary>
    public static bool HasSigningKey(ImmutableArray<byte> der) => HasRsaKey(der) || Ask(der, certificate =>
        {
            using var key = certificate.GetECDsaPublicKey();
            return key?.KeySize >= MinCurveBits;
        });

    private static bool Ask(ImmutableArray<byte> der, Func<X509Certificate2, bool> question)
    {
        if (der.IsDefaultOrEmpty)
        {
            return false;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der.AsSpan());
            return question(certificate);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
