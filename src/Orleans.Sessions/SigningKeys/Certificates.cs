using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.SigningKeys;

/// <summary>Makes the self-signed certificates that publish keys in SAML metadata.</summary>
internal static class Certificates
{
    /// <summary>
    /// A DER certificate that contains only the key and its id. It is valid before the key signs, for clocks that are behind.
    /// </summary>
    public static byte[] Create(RSA key, string keyId, DateTimeOffset now, DateTimeOffset until)
    {
        var subject = new X500DistinguishedName($"CN=Orleans.Sessions {keyId}");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: false,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var certificate = request.Create(
            subject,
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            now.AddHours(-1),
            until,
            serial
        );
        return certificate.RawData;
    }
}
