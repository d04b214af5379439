using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>A service with a second address, at which it asks for TLS client certificates.</summary>
public sealed class MutualTlsHost : OwnHosts
{
    /// <summary>The name in the certificate of the service.</summary>
    public const string Subject = "CN=id.test";

    private Api? _api;

    /// <summary>The authority whose certificates the service trusts.</summary>
    public CertificateMaker Authority { get; } = new();

    /// <summary>The second address.</summary>
    public Uri SecureAddress { get; } = new($"https://127.0.0.1:{Ports.Next().ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The administrator, at the first address.</summary>
    public Api Api => _api ?? throw new InvalidOperationException("The host has not started.");

    public override async ValueTask InitializeAsync()
    {
        var (folder, place) = (NewFolder(), HostPlace.Next());
        using var server = CertificateMaker.SelfSigned(Subject);
        using var key = server.GetECDsaPrivateKey()!;
        var (authorities, certificate, keyFile) = (In("authorities.pem"), In("server.pem"), In("server.key"));
        File.WriteAllText(authorities, Authority.Pem);
        File.WriteAllText(certificate, server.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        var settings = HostSettings
            .Shared.With("Kestrel__Endpoints__Web__Url", place.Address.GetLeftPart(UriPartial.Authority))
            .With("Kestrel__Endpoints__Mtls__Url", SecureAddress.GetLeftPart(UriPartial.Authority))
            .With("Kestrel__Endpoints__Mtls__Certificate__Path", certificate)
            .With("Kestrel__Endpoints__Mtls__Certificate__KeyPath", keyFile)
            .With("Kestrel__Endpoints__Mtls__ClientCertificateMode", "AllowCertificate")
            .With("Sessions__Origin__Public", place.Address.GetLeftPart(UriPartial.Authority))
            .With("Sessions__Oidc__AllowRegistration", "true")
            .With("Sessions__Oidc__MutualTls__Source", "Connection")
            .With("Sessions__Oidc__MutualTls__Authorities", authorities)
            .With("Sessions__Oidc__MutualTls__Address", SecureAddress.GetLeftPart(UriPartial.Authority));
        var host = Launch(settings, place);
        await host.WaitReadyAsync();
        _api = Admin(host);

        string In(string name) => System.IO.Path.Combine(folder, name);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Authority.Dispose();
    }
}
