using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Gateway.Saml.Keys;

/// <summary>
/// This node's copy of the installation's certificates. The node reloads it every minute. A new certificate is in the metadata for longer
/// than that before it signs.
/// </summary>
internal sealed class SigningCertificates(Grains grains, SecretProtector secrets, TimeProvider clock)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(1);

    private volatile Loaded? _loaded;

    /// <summary>The published certificates.</summary>
    public async ValueTask<PublishedCertificates> AllAsync(CancellationToken cancellationToken)
    {
        var loaded = _loaded;
        if (loaded is null || clock.GetElapsedTime(loaded.AskedAt) >= s_freshFor)
        {
            var askedAt = clock.GetTimestamp();
            var set = await grains.CallAsync(() => grains.SamlCertificates.GetAsync(), cancellationToken);
            ImmutableArray<string> ids = [set.Active.Id, .. set.Others.Select(key => key.Id)];
            ImmutableArray<X509Certificate2> all =
                loaded is not null && loaded.Ids.SequenceEqual(ids)
                    ? loaded.Published.All
                    : [.. set.Others.Prepend(set.Active).Select(Certificate)];
            _loaded = loaded = new Loaded(ids, new PublishedCertificates(all, set.Announcement), askedAt);
        }

        return loaded.Published;
    }

    /// <summary>Makes the next call reload the certificates, because they were changed.</summary>
    public void Forget() => _loaded = null;

    /// <summary>The certificate that signs now.</summary>
    public async ValueTask<X509Certificate2> ActiveAsync(CancellationToken cancellationToken) => (await AllAsync(cancellationToken)).All[0];

    /// <summary>The certificate that signs now, with the algorithms that a service provider wants.</summary>
    public async ValueTask<MessageSigner> SignerAsync(ServiceProvider? provider, CancellationToken cancellationToken) =>
        new(
            await ActiveAsync(cancellationToken),
            provider?.SignatureMethod ?? SigningAlgorithms.RsaSha256,
            provider?.DigestMethod ?? SigningAlgorithms.Sha256
        );

    private X509Certificate2 Certificate(SigningKey key)
    {
        using var rsa = (RSA)key.PrivateKey(secrets);
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate!.Value.AsSpan());

        // A request may use the certificate at any time, so the finalizer disposes it.
        return certificate.CopyWithPrivateKey(rsa);
    }

    private sealed record Loaded(ImmutableArray<string> Ids, PublishedCertificates Published, long AskedAt);
}
