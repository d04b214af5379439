using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>
/// A client is who its certificate says, if somebody trusted says so, or if the client registered the key (RFC 8705 §2).
/// </summary>
public sealed class CertificateAuthenticationTests : IDisposable
{
    private const string Subject = "CN=shop,O=Example";

    private readonly CertificateMaker _authority = new();
    private readonly string _file = Path.GetTempFileName();

    private readonly OidcClient _client = new()
    {
        Id = "shop",
        Authentication = ClientAuthentication.TlsClientAuth,
        CertificateName = new CertificateName(CertificateNameKind.SubjectDn, Subject),
    };

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData(CertificateNameKind.SubjectDn, "CN=shop, O=Example")]
    [InlineData(CertificateNameKind.SanDns, "Shop.example")]
    [InlineData(CertificateNameKind.SanUri, "spiffe://example/shop")]
    [InlineData(CertificateNameKind.SanIp, "192.0.2.1")]
    [InlineData(CertificateNameKind.SanIp, "2001:DB8:0::1")]
    [InlineData(CertificateNameKind.SanEmail, "shop@example.com")]
    public async Task A_name_of_the_certificate_is_found(CertificateNameKind kind, string name)
    {
        using var certificate = _authority.Issue(Subject, AddNames);
        using var bare = _authority.Issue("CN=other");
        var client = _client with { CertificateName = new CertificateName(kind, name) };
        Assert.True(CertificateNames.IsValid(client.CertificateName));

        Assert.Null(await FaultOfAsync(client, certificate));
        Assert.Contains("name", await FaultOfAsync(client, bare), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CertificateNameKind.SubjectDn, "CN=shop")]
    [InlineData(CertificateNameKind.SubjectDn, "O=Example,CN=shop")]
    [InlineData(CertificateNameKind.SubjectDn, "CN=SHOP,O=Example")]
    [InlineData(CertificateNameKind.SubjectDn, "CN=shop,O=Example,C=CH")]
    [InlineData(CertificateNameKind.SanDns, "example")]
    [InlineData(CertificateNameKind.SanDns, "spiffe://example/shop")]
    [InlineData(CertificateNameKind.SanUri, "spiffe://example/Shop")]
    [InlineData(CertificateNameKind.SanIp, "192.0.2.2")]
    [InlineData(CertificateNameKind.SanEmail, "Shop@example.com")]
    public async Task Another_name_is_not(CertificateNameKind kind, string name)
    {
        using var certificate = _authority.Issue(Subject, AddNames);

        Assert.Contains(
            "name",
            await FaultOfAsync(_client with { CertificateName = new CertificateName(kind, name) }, certificate),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusted_has_made_for_clients_is_refused()
    {
        using var foreign = new CertificateMaker();
        using var ofOther = foreign.Issue(Subject);
        using var selfSigned = CertificateMaker.SelfSigned(Subject);
        using var ofServer = _authority.Issue(Subject, use: "1.3.6.1.5.5.7.3.1");

        foreach (var certificate in new[] { ofOther, selfSigned, ofServer })
        {
            Assert.Contains("authority", await FaultOfAsync(_client, certificate), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_and_so_is_none()
    {
        using var ended = _authority.Issue(Subject, ended: true);
        using var own = CertificateMaker.SelfSigned(Subject, ended: true);

        Assert.Contains("not valid", await FaultOfAsync(_client, ended), StringComparison.Ordinal);
        Assert.Contains("not valid", await FaultOfAsync(WithKeys(own), own), StringComparison.Ordinal);
        Assert.Contains("no TLS client certificate", await FaultOfAsync(_client, certificate: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_with_a_month_that_does_not_exist_is_refused()
    {
        using var good = CertificateMaker.SelfSigned(Subject);
        var bytes = good.RawData;

        // The beginning is a UTCTime of 13 characters: yyMMddHHmmssZ (RFC 5280 §4.1.2.5.1).
        var begin = Enumerable.Range(0, bytes.Length - 15).First(i => bytes[i] == 0x17 && bytes[i + 1] == 13 && bytes[i + 14] == 'Z');
        (bytes[begin + 4], bytes[begin + 5]) = ((byte)'9', (byte)'9');
        using var broken = X509CertificateLoader.LoadCertificate(bytes);

        Assert.NotNull(await FaultOfAsync(WithKeys(good), broken));
        Assert.NotNull(await FaultOfAsync(_client, broken));
    }

    [Fact]
    public async Task A_self_signed_certificate_has_a_registered_key()
    {
        using var own = CertificateMaker.SelfSigned(Subject);
        using var other = CertificateMaker.SelfSigned(Subject);

        Assert.Null(await FaultOfAsync(WithKeys(own), own));
        Assert.Contains("not registered", await FaultOfAsync(WithKeys(own), other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CertificateNameKind.SubjectDn, "shop")]
    [InlineData(CertificateNameKind.SubjectDn, "")]
    [InlineData(CertificateNameKind.SanIp, "shop.example")]
    [InlineData(CertificateNameKind.SanDns, "a b")]
    [InlineData((CertificateNameKind)9, "shop")]
    public void A_name_that_no_certificate_can_have_is_not_registered(CertificateNameKind kind, string name) =>
        Assert.False(CertificateNames.IsValid(new CertificateName(kind, name)));

    [Fact]
    public void A_subject_that_is_no_Unicode_is_not_registered() =>
        Assert.False(CertificateNames.IsValid(new CertificateName(CertificateNameKind.SubjectDn, "CN=\ud800")));

    private static void AddNames(SubjectAlternativeNameBuilder names)
    {
        names.AddDnsName("shop.example");
        names.AddUri(new Uri("spiffe://example/shop"));
        names.AddIpAddress(IPAddress.Parse("192.0.2.1"));
        names.AddIpAddress(IPAddress.Parse("2001:db8::1"));
        names.AddEmailAddress("shop@example.com");
    }

    private OidcClient WithKeys(X509Certificate2 certificate) =>
        _client with
        {
            Authentication = ClientAuthentication.SelfSignedTlsClientAuth,
            CertificateName = null,
            JsonWebKeys = CertificateMaker.KeySet(certificate),
        };

    private async Task<string?> FaultOfAsync(OidcClient client, X509Certificate2? certificate)
    {
        await File.WriteAllTextAsync(_file, _authority.Pem, TestContext.Current.CancellationToken);
        var options = Options.Create(new MutualTlsOptions { Source = CertificateSource.Connection, Authorities = _file });
        using var published = new ClientKeys(
            new EgressHttp(new EgressRules(Options.Create(new EgressOptions())), NullLogger<EgressHttp>.Instance),
            TimeProvider.System,
            NullLogger<ClientKeys>.Instance
        );
        var authentication = new CertificateAuthentication(
            new PresentedCertificates(options, Options.Create(new PublicOriginOptions())),
            new CertificateAuthorities(options, TimeProvider.System, NullLogger<CertificateAuthorities>.Instance),
            published,
            TimeProvider.System
        );
        var http = new DefaultHttpContext();
        http.Connection.ClientCertificate = certificate;
        return await authentication.FaultOfAsync(http, client, TestContext.Current.CancellationToken);
    }
}
