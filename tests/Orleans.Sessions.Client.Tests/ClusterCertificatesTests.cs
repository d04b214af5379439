using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Client.Tests;

/// <summary>Certificates are renewed without a restart, and unusable files are reported.</summary>
public sealed class ClusterCertificatesTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly string _folder = HostProcess.NewFolder();

    private string Path => System.IO.Path.Combine(_folder, "node");

    [Fact]
    public void A_renewed_certificate_is_taken_and_a_half_written_one_is_not()
    {
        using var first = _authority.Sign("node");
        TestAuthority.WritePem(Path, first);
        var certificates = new ClusterCertificates(Options(), _clock);
        Assert.Equal(first.Thumbprint, certificates.Own.Thumbprint);

        File.WriteAllText($"{Path}.crt", "-----BEGIN CERTIFICATE-----\nMIIB");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.Thumbprint, certificates.Own.Thumbprint);

        using var second = _authority.Sign("node");
        TestAuthority.WritePem(Path, second);
        Assert.Equal(first.Thumbprint, certificates.Own.Thumbprint);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(second.Thumbprint, certificates.Own.Thumbprint);
    }

    [Fact]
    public void Names_narrow_who_is_of_the_cluster()
    {
        using var node = _authority.Sign("node.sessions.example");
        using var other = _authority.Sign("other.example");
        TestAuthority.WritePem(Path, node);
        Assert.True(new ClusterCertificates(Options(), _clock).IsOfCluster(other, presented: null));

        var narrow = new ClusterCertificates(Options("another.sessions.example", "node.sessions.example"), _clock);
        Assert.True(narrow.IsOfCluster(node, presented: null));
        Assert.False(narrow.IsOfCluster(other, presented: null));
    }

    [Fact]
    public void Files_that_cannot_be_used_end_the_start_with_the_key()
    {
        using var node = _authority.Sign("node");
        TestAuthority.WritePem(Path, node);
        File.WriteAllText($"{Path}.key", "no key");
        Assert.Contains(
            ClusterTlsOptions.Section,
            Assert.Throws<InvalidOperationException>(() => new ClusterCertificates(Options(), _clock)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("node.crt", null, "authorities.pem", "Key")]
    [InlineData("node.pfx", "node.key", "authorities.pem", "Key")]
    [InlineData("node.crt", "node.key", null, "Authorities")]
    [InlineData(null, "node.key", null, "Certificate")]
    [InlineData("missing.crt", "node.key", "authorities.pem", "missing.crt")]
    public void Settings_that_do_not_fit_say_which(string? certificate, string? key, string? authorities, string named)
    {
        var options = new ClusterTlsOptions
        {
            Certificate = certificate,
            Key = key,
            Authorities = authorities,
        };
        Assert.Contains(options.Validate(new ValidationContext(options)), wrong =>
            wrong.ErrorMessage!.Contains(named, StringComparison.Ordinal)
        );
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ClusterTlsOptions Options(params string[] names)
    {
        var options = new ClusterTlsOptions
        {
            Certificate = $"{Path}.crt",
            Key = $"{Path}.key",
            Authorities = _authority.AuthoritiesFile,
        };
        foreach (var name in names)
        {
            options.Names.Add(name);
        }

        return options;
    }
}
