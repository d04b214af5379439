using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>A request has the certificate that the configured source names, and no other.</summary>
public sealed class PresentedCertificateTests : IDisposable
{
    private const string Header = "Client-Cert";

    private readonly X509Certificate2 _own = CertificateMaker.SelfSigned("CN=own");
    private readonly X509Certificate2 _other = CertificateMaker.SelfSigned("CN=other");

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(CertificateSource.None, "10.0.0.1", null)]
    [InlineData(CertificateSource.Connection, "10.0.0.1", "CN=own")]
    [InlineData(CertificateSource.Proxy, "10.0.0.1", "CN=other")]
    [InlineData(CertificateSource.Proxy, "::ffff:10.0.0.1", "CN=other")]
    [InlineData(CertificateSource.Proxy, "127.0.0.1", "CN=other")]
    [InlineData(CertificateSource.Proxy, "10.0.0.2", null)]
    public void The_header_counts_from_trusted_proxies_only_and_never_beside_the_connection(
        CertificateSource source,
        string peer,
        string? subject
    )
    {
        var certificates = Certificates(source);
        var http = Request(peer, Of(_other));
        http.Connection.ClientCertificate = _own;

        Assert.Equal(subject, certificates.Find(http)?.Subject);
        Assert.Equal(source != CertificateSource.None, certificates.IsOn);
    }

    [Fact]
    public void A_bound_token_is_good_with_its_certificate_alone()
    {
        var certificates = Certificates(CertificateSource.Proxy);
        var bound = CertificateMaker.Thumbprint(_own);

        certificates.EnsureHeld(Request("10.0.0.1", Of(_own)), bound);
        certificates.EnsureHeld(Request("10.0.0.1", Of(_own)), bound: null);
        certificates.EnsureHeld(Request("10.0.0.1"), bound: null);
        foreach (var http in new[] { Request("10.0.0.1"), Request("10.0.0.1", Of(_other)), Request("10.0.0.2", Of(_own)) })
        {
            var refusal = Assert.Throws<SessionException>(() => certificates.EnsureHeld(http, bound));
            Assert.Equal(SessionErrors.TokenBoundToCertificate, refusal.Error);
        }

        var unreadable = Assert.Throws<SessionException>(() => certificates.EnsureHeld(Request("10.0.0.1", Of(_own), Of(_own)), bound));
        Assert.Equal(SessionErrors.CertificateUnreadable, unreadable.Error);
    }

    [Fact]
    public void Only_clients_that_want_it_get_bound_tokens_and_they_get_no_others()
    {
        var certificates = Certificates(CertificateSource.Proxy);
        var plain = new OidcClient { Id = "shop" };
        var bound = plain with { SenderConstraint = SenderConstraint.Certificate };

        Assert.Null(certificates.BindingOf(Request("10.0.0.1", Of(_own)), plain));
        Assert.Equal(CertificateMaker.Thumbprint(_own), certificates.BindingOf(Request("10.0.0.1", Of(_own)), bound));
        var refusal = Assert.Throws<SessionException>(() => certificates.BindingOf(Request("10.0.0.1"), bound));
        Assert.Equal(SessionErrors.CertificateMissing, refusal.Error);
    }

    private static string Of(X509Certificate2 certificate) => $":{Convert.ToBase64String(certificate.RawData)}:";

    private static PresentedCertificates Certificates(CertificateSource source)
    {
        var origins = new PublicOriginOptions();
        origins.TrustedProxies.Add("10.0.0.1");
        return new PresentedCertificates(Options.Create(new MutualTlsOptions { Source = source }), Options.Create(origins));
    }

    private static DefaultHttpContext Request(string peer, params string[] header)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        if (header.Length > 0)
        {
            http.Request.Headers[Header] = header;
        }

        return http;
    }
}
