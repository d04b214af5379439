using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Keys;

/// <summary>
/// This node's copy of the installation's certificates. It is asked for again every minute; a new one is in the metadata for longer than that before it signs.
/// </summary>
internal sealed class SigningCertificates(IGrainFactory grains, SecretProtector secrets, TimeProvider clock)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(1);

    private volatile Loaded? _loaded;

    /// <summary>The certificates that are published.</summary>
    public async ValueTask<PublishedCertificates> AllAsync(CancellationToken cancellationToken)
    {
        var loaded = _loaded;
        if (loaded is null || clock.GetElapsedTime(loaded.AskedAt) >= s_freshFor)
        {
            var askedAt = clock.GetTimestamp();
            var set = await GrainCalls.RepeatIdempotentAsync(
                () => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SamlCertificates).GetAsync(), clock, cancellationToken);
            ImmutableArray<string> ids = [set.Active.Id, .. set.Others.Select(key => key.Id)];
            ImmutableArray<X509Certificate2> all = loaded is not null && loaded.Ids.SequenceEqual(ids)
                ? loaded.Published.All
                : [.. set.Others.Prepend(set.Active).Select(Certificate)];
            _loaded = loaded = new Loaded(ids, new PublishedCertificates(all, set.Announcement), askedAt);
        }

        return loaded.Published;
    }

    /// <summary>Asks for the certificates again the next time: they were changed.</summary>
    public void Forget() => _loaded = null;

    /// <summary>The certificate that signs now.</summary>
    public async ValueTask<X509Certificate2> ActiveAsync(CancellationToken cancellationToken) => (await AllAsync(cancellationToken)).All[0];

    private X509Certificate2 Certificate(SigningKey key)
    {
        using var rsa = key.PrivateKey(secrets);
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate!.Value.AsSpan());

        // Lives as long as somebody may be using it, which nobody can say: left to the finalizer.
        return certificate.CopyWithPrivateKey(rsa);
    }

    private sealed record Loaded(ImmutableArray<string> Ids, PublishedCertificates Published, long AskedAt);
}

/// <summary>The certificates in the metadata.</summary>
/// <param name="All">The one that signs now, first, then the others.</param>
/// <param name="Announcement">How long one that is made later will be in the metadata before it signs; <c>null</c>: unknown.</param>
internal sealed record PublishedCertificates(ImmutableArray<X509Certificate2> All, TimeSpan? Announcement);
