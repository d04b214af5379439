using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Tests.Saml;

/// <summary>Certificates change on a schedule of their own. Every service provider can know the next certificate before it signs.</summary>
public sealed class CertificateTests(CertificateTests.Cluster cluster) : IClassFixture<CertificateTests.Cluster>
{
    [Fact]
    public async Task A_certificate_is_announced_signs_and_is_valid_all_the_time()
    {
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SamlCertificates);
        var first = (await keys.GetAsync()).Active;
        using var certificate = Load(first);
        using var key = first.PrivateKey(new SecretProtector(new byte[SecretProtector.KeyBytes]));
        using var published = certificate.GetRSAPublicKey();
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), published!.ExportSubjectPublicKeyInfo());
        Assert.True(key.KeySize >= 2048);
        Assert.True(certificate.NotBefore.ToUniversalTime() <= cluster.Clock.GetUtcNow());
        Assert.True(certificate.NotAfter.ToUniversalTime() >= cluster.Clock.GetUtcNow() + SessionCluster.CertificateLifetime);

        cluster.Clock.Advance(SessionCluster.CertificateLifetime - SessionCluster.CertificateAnnouncement);
        var announced = await keys.GetAsync();
        Assert.Equal(first.Id, announced.Active.Id);
        var second = Assert.Single(announced.Others);

        cluster.Clock.Advance(SessionCluster.CertificateAnnouncement);
        var taken = await keys.GetAsync();
        Assert.Equal(second.Id, taken.Active.Id);
        Assert.Equal(first.Id, Assert.Single(taken.Others).Id);
        using var next = Load(second);
        Assert.True(
            next.NotBefore.ToUniversalTime() <= cluster.Clock.GetUtcNow()
                && next.NotAfter.ToUniversalTime() >= cluster.Clock.GetUtcNow() + SessionCluster.CertificateLifetime
        );

        cluster.Clock.Advance(SessionCluster.CertificateAfterlife);
        Assert.Empty((await keys.GetAsync()).Others);
    }

    [Fact]
    public async Task Keys_of_tokens_have_no_certificates() =>
        Assert.Null((await cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys).GetAsync()).Active.Certificate);

    private static X509Certificate2 Load(SigningKey key) => X509CertificateLoader.LoadCertificate(key.Certificate!.Value.AsSpan());

    /// <summary>A cluster of its own: this test moves the clock by days.</summary>
    public sealed class Cluster() : SessionCluster(0);
}
