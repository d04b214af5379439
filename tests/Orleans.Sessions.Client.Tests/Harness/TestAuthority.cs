using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Client.Tests.Harness;

/// <summary>A certificate authority that signs certificates for a cluster, and writes their files.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection s_bothUses = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    private readonly string _folder = HostProcess.NewFolder();
    private readonly X509Certificate2 _certificate;
    private int _made;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        AuthoritiesFile = Path.Combine(_folder, "authorities.pem");
        File.WriteAllText(AuthoritiesFile, _certificate.ExportCertificatePem());
    }

    public string AuthoritiesFile { get; }

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Sign(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(s_bothUses, critical: false));
        using var signed = request.Create(
            _certificate,
            DateTimeOffset.UtcNow.AddHours(-12),
            until ?? DateTimeOffset.UtcNow.AddDays(1),
            RandomNumberGenerator.GetBytes(8)
        );
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>The settings of a process with a certificate in PEM files, as environment variables.</summary>
    public Dictionary<string, string> PemSettings(string name)
    {
        var path = Path.Combine(_folder, $"{name}-{_made++}");
        WritePem(path, Sign(name));
        return Settings($"{path}.crt", $"{path}.key", password: null);
    }

    /// <summary>The same settings with a PKCS #12 file.</summary>
    public Dictionary<string, string> PfxSettings(string name)
    {
        const string password = "of this file";
        var path = Path.Combine(_folder, $"{name}-{_made++}.pfx");
        using var certificate = Sign(name);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, password));
        return Settings(path, key: null, password);
    }

    public static void WritePem(string path, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey();
        File.WriteAllText($"{path}.key", key!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText($"{path}.crt", certificate.ExportCertificatePem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Dictionary<string, string> Settings(string certificate, string? key, string? password)
    {
        var settings = new Dictionary<string, string>
        {
            [Name(nameof(ClusterTlsOptions.Certificate))] = certificate,
            [Name(nameof(ClusterTlsOptions.Authorities))] = AuthoritiesFile,
        };
        if (key is not null)
        {
            settings[Name(nameof(ClusterTlsOptions.Key))] = key;
        }

        if (password is not null)
        {
            settings[Name(nameof(ClusterTlsOptions.Password))] = password;
        }

        return settings;
    }

    private static string Name(string property) => $"{ClusterTlsOptions.Section}:{property}".Replace(":", "__", StringComparison.Ordinal);
}
