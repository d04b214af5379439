using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Primitives;
using Orleans.Sessions.Gateway.Oidc.MutualTls;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>What proxies say about certificates is read, or refused by a rule.</summary>
public sealed class CertificateHeaderTests : IDisposable
{
    private readonly X509Certificate2 _certificate = CertificateMaker.SelfSigned("CN=shop");

    private string Standard => $":{Convert.ToBase64String(_certificate.RawData)}:";

    private string Escaped => Uri.EscapeDataString(_certificate.ExportCertificatePem() + "\n");

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public void Both_forms_of_a_certificate_are_read()
    {
        foreach (var header in new[] { Standard, Escaped, Escaped.Replace("%20", " ", StringComparison.Ordinal) })
        {
            using var read = CertificateHeader.Read(header);
            Assert.Equal(_certificate.RawData, read!.RawData);
        }
    }

    [Fact]
    public void Without_a_value_there_is_no_certificate()
    {
        Assert.Null(CertificateHeader.Read(StringValues.Empty));
        Assert.Null(CertificateHeader.Read(""));
        Assert.Null(CertificateHeader.Read("::"));
    }

    [Fact]
    public void Everything_else_is_refused()
    {
        using var key = RSA.Create(2048);
        StringValues[] bad =
        [
            "x",
            ":x:",
            ":AAAA:",
            Standard[1..],
            Standard[..^1],
            $":{Convert.ToBase64String(_certificate.RawData.AsSpan(0, 100))}:",
            $"{Standard}, {Standard}",
            new StringValues([Standard, Standard]),
            Escaped + Escaped,
            Escaped[..100],
            Uri.EscapeDataString(key.ExportPkcs8PrivateKeyPem()),
            $":{new string('A', 20_000)}:",
            new string('A', 1_000_000),
            ":ääää:",
        ];

        Assert.All(bad, header =>
        {
            var refusal = Assert.Throws<SessionException>(() => CertificateHeader.Read(header));
            Assert.Equal(SessionErrors.CertificateUnreadable, refusal.Error);
        });
    }
}
