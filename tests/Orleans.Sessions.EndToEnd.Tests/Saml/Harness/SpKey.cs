using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>The key of a service provider, with a self-signed certificate.</summary>
public sealed class SpKey : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public SpKey() =>
        _certificate = new CertificateRequest(
            "CN=service provider",
            _key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));

    public string KeyPem => _key.ExportPkcs8PrivateKeyPem();

    public string CertificatePem => _certificate.ExportCertificatePem();

    public string CertificateBase64 => Convert.ToBase64String(_certificate.RawData);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
