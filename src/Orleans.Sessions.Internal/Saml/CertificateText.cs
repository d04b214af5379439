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
    private const int MinKeyBits = 2048;

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

    /// <summary>Whether this is a certificate of an RSA key with at least 2048 bits.</summary>
    public static bool IsUsable(ImmutableArray<byte> der)
    {
        if (der.IsDefaultOrEmpty)
        {
            return false;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der.AsSpan());
            using var key = certificate.GetRSAPublicKey();
            return key?.KeySize >= MinKeyBits;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
