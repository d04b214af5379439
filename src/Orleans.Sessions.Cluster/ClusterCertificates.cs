using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// The certificate of this process and the authorities of the cluster, read from files. A new connection checks the files again, at most
/// once a second, so certificates can be renewed without a restart. If the files cannot be read, for example because they are half written,
/// the last good ones stay in use.
/// </summary>
internal sealed partial class ClusterCertificates
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromSeconds(1);

    private readonly ClusterTlsOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _turn = new();
    private Loaded _loaded;
    private long _readAt;

    /// <summary>Reads the files. Fails with <see cref="InvalidOperationException"/> if they cannot be used.</summary>
    public ClusterCertificates(ClusterTlsOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var files = Read();
        _loaded = Load(files);
        _readAt = clock.GetTimestamp();
    }

    /// <summary>The log for files that cannot be used. It is set when the host has a log.</summary>
    public ILogger? Log { get; set; }

    /// <summary>The certificate of this process, with its private key.</summary>
    public X509Certificate2 Own => Current().Own;

    /// <summary>
    /// Whether the certificate of the other side belongs to the cluster: it is signed by the cluster's authorities, valid now, made for
    /// this use, and has one of the configured names.
    /// </summary>
    public bool IsOfCluster(X509Certificate2 certificate, X509Chain? presented)
    {
        var loaded = Current();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(loaded.Roots);
        chain.ChainPolicy.ExtraStore.AddRange(loaded.Intermediates);
        if (presented is not null)
        {
            // The certificates that the other side sent may complete the chain. The handshake knows for which use the certificate is shown.
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
            foreach (var use in presented.ChainPolicy.ApplicationPolicy)
            {
                chain.ChainPolicy.ApplicationPolicy.Add(use);
            }
        }

        return chain.Build(certificate) && (_options.Names.Count == 0 || _options.Names.Any(name => certificate.MatchesHostname(name)));
    }

    private Loaded Current()
    {
        lock (_turn)
        {
            if (_clock.GetElapsedTime(_readAt) >= s_freshFor)
            {
                _readAt = _clock.GetTimestamp();
                try
                {
                    var files = Read();
                    _loaded = files.Equals(_loaded.Files) ? _loaded : Load(files);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
                {
                    if (Log is { } log)
                    {
                        FilesUnusable(log, exception);
                    }
                }
            }

            return _loaded;
        }
    }

    private Files Read() =>
        new(
            File.ReadAllBytes(_options.Certificate!),
            string.IsNullOrEmpty(_options.Key) ? [] : File.ReadAllBytes(_options.Key),
            File.ReadAllBytes(_options.Authorities!)
        );

    private Loaded Load(Files files)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(Text(files.Authorities));
            var roots = authorities
                .Where(authority => authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData))
                .ToArray();
            return roots.Length > 0
                ? new Loaded(files, OwnCertificate(files), [.. roots], [.. authorities.Except(roots)])
                : throw new InvalidOperationException($"{ClusterTlsOptions.Section}:Authorities has no self-signed certificate.");
        }
        catch (CryptographicException exception)
        {
            // The message may name the file, but it must not contain the library's message, which may quote the content of the file.
            throw new InvalidOperationException(
                $"{ClusterTlsOptions.Section}: the certificate, its key or its password, or the authorities cannot be read.",
                exception
            );
        }
    }

    private X509Certificate2 OwnCertificate(Files files)
    {
        if (_options.IsPkcs12)
        {
            return X509CertificateLoader.LoadPkcs12(files.Certificate, _options.Password);
        }

        var (certificate, key) = (Text(files.Certificate), Text(files.Key));
        return string.IsNullOrEmpty(_options.Password)
            ? X509Certificate2.CreateFromPem(certificate, key)
            : X509Certificate2.CreateFromEncryptedPem(certificate, key, _options.Password);
    }

    private static string Text(byte[] file) => System.Text.Encoding.UTF8.GetString(file);

    [LoggerMessage(LogLevel.Warning, "The certificate files of the cluster are unusable; this process keeps the last good ones")]
    private static partial void FilesUnusable(ILogger log, Exception exception);

    private sealed class Files(byte[] certificate, byte[] key, byte[] authorities)
    {
        public byte[] Certificate => certificate;

        public byte[] Key => key;

        public byte[] Authorities => authorities;

        public bool Equals(Files other) =>
            certificate.AsSpan().SequenceEqual(other.Certificate)
            && key.AsSpan().SequenceEqual(other.Key)
            && authorities.AsSpan().SequenceEqual(other.Authorities);
    }

    private sealed record Loaded(
        Files Files,
        X509Certificate2 Own,
        X509Certificate2Collection Roots,
        X509Certificate2Collection Intermediates
    );
}
