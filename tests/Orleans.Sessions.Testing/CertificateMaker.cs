using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Testing;

/// <summary>An authority that makes certificates for TLS clients, and those that clients make for themselves.</summary>
public sealed class CertificateMaker : IDisposable
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public CertificateMaker()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-10), DateTimeOffset.UtcNow.AddYears(10));
    }

    /// <summary>The certificate of the authority.</summary>
    public string Pem => _root.ExportCertificatePem();

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    /// <summary>A certificate of this authority, with its private key.</summary>
    /// <param name="subject">The distinguished name.</param>
    /// <param name="names">Adds the subject alternative names.</param>
    /// <param name="ended">Whether it has expired.</param>
    /// <param name="use">The use that it is made for; default: clients.</param>
    public X509Certificate2 Issue(
        string subject,
        Action<SubjectAlternativeNameBuilder>? names = null,
        bool ended = false,
        string use = ForClients
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(new OidCollection { new Oid(use) }, false));
        if (names is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            names(builder);
            request.CertificateExtensions.Add(builder.Build());
        }

        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(
            _root,
            now.AddDays(-30),
            ended ? now.AddDays(-1) : now.AddDays(30),
            RandomNumberGenerator.GetBytes(8)
        );
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate that its owner made, with its private key.</summary>
    public static X509Certificate2 SelfSigned(string subject, bool ended = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(ended ? -1 : 30));
    }

    /// <summary>The set of the certificate's key, as clients register it (RFC 8705 §2.2.2).</summary>
    public static string KeySet(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = Base64Url.EncodeToString(point.X),
                    ["y"] = Base64Url.EncodeToString(point.Y),
                    ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)),
                }
            ),
        }.ToJsonString();
    }

    /// <summary>The thumbprint of a certificate (RFC 8705 §3.1).</summary>
    public static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));
}
