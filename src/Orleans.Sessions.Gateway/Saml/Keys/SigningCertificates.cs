using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Saml.Keys;

/// <summary>
/// This node's copy of the installation's certificates. It is asked for again every minute; a new one is in the metadata for longer than that before it signs.
/// </summary>
internal sealed class SigningCertificates(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(1);

    private volatile Loaded? _loaded;

    /// <summary>The certificate that signs now, first, then the others that are published.</summary>
    public async ValueTask<ImmutableArray<X509Certificate2>> AllAsync(CancellationToken cancellationToken)
    {
        var loaded = _loaded;
        if (loaded is null || clock.GetElapsedTime(loaded.AskedAt) >= s_freshFor)
        {
            var askedAt = clock.GetTimestamp();
            var set = await GrainCalls.RepeatAsync(
                () => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SamlCertificates).GetAsync(), clock, cancellationToken);
            ImmutableArray<string> ids = [set.Active.Id, .. set.Others.Select(key => key.Id)];
            _loaded = loaded = loaded is not null && loaded.Ids.SequenceEqual(ids)
                ? loaded with { AskedAt = askedAt }
                : new Loaded(ids, [.. set.Others.Prepend(set.Active).Select(Certificate)], askedAt);
        }

        return loaded.Certificates;
    }

    /// <summary>Asks for the certificates again the next time: they were changed.</summary>
    public void Forget() => _loaded = null;

    /// <summary>The certificate that signs now.</summary>
    public async ValueTask<X509Certificate2> ActiveAsync(CancellationToken cancellationToken) => (await AllAsync(cancellationToken))[0];

    private static X509Certificate2 Certificate(SigningKey key)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.PrivateKey.AsSpan(), out _);
        using var certificate = X509CertificateLoader.LoadCertificate(key.Certificate!.Value.AsSpan());

        // Lives as long as somebody may be using it, which nobody can say: left to the finalizer.
        return certificate.CopyWithPrivateKey(rsa);
    }

    private sealed record Loaded(ImmutableArray<string> Ids, ImmutableArray<X509Certificate2> Certificates, long AskedAt);
}
