using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>
/// The authorities that vouch for the certificates of clients. Their file is looked at again at most once a second, so authorities can
/// change without a restart. If it cannot be read, for example because it is half written, the last good ones stay in use.
/// </summary>
internal sealed partial class CertificateAuthorities(
    IOptions<MutualTlsOptions> options,
    TimeProvider clock,
    ILogger<CertificateAuthorities> log
)
{
    /// <summary>The use of certificates that authenticate clients (RFC 5280 §4.2.1.12).</summary>
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan s_freshFor = TimeSpan.FromSeconds(1);

    private readonly Lock _turn = new();
    private Loaded? _loaded;
    private long? _readAt;

    /// <summary>What is wrong with a file; <c>null</c> if it can be used.</summary>
    public static string? FaultOf(string file)
    {
        try
        {
            Load(File.ReadAllText(file));
            return null;
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            return "the file must exist and have PEM certificates, of which one is self-signed.";
        }
    }

    /// <summary>
    /// Whether the certificate is one of these authorities, is valid now, and may authenticate a client. Nothing is fetched: a certificate
    /// names addresses of its own choice.
    /// </summary>
    public bool Trust(X509Certificate2 certificate)
    {
        if (Current() is not { } loaded)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUse));
        chain.ChainPolicy.CustomTrustStore.AddRange(loaded.Roots);
        chain.ChainPolicy.ExtraStore.AddRange(loaded.Others);
        return chain.Build(certificate);
    }

    private Loaded? Current()
    {
        if (options.Value.Authorities is not { } file)
        {
            return null;
        }

        lock (_turn)
        {
            if (_readAt is { } readAt && clock.GetElapsedTime(readAt) < s_freshFor)
            {
                return _loaded;
            }

            _readAt = clock.GetTimestamp();
            try
            {
                var text = File.ReadAllText(file);
                _loaded = text == _loaded?.Text ? _loaded : Load(text);
            }
            catch (Exception exception) when (IsUnusable(exception))
            {
                Unusable(log, exception);
            }

            return _loaded;
        }
    }

    private static Loaded Load(string text)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(text);
        var roots = authorities
            .Where(authority => authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData))
            .ToArray();
        return roots.Length > 0
            ? new Loaded(text, [.. roots], [.. authorities.Except(roots)])
            : throw new InvalidOperationException("There is no self-signed certificate.");
    }

    private static bool IsUnusable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidOperationException or CryptographicException or ArgumentException;

    [LoggerMessage(LogLevel.Warning, "The file with the authorities of clients is unusable; this process keeps the last good ones")]
    private static partial void Unusable(ILogger log, Exception exception);

    private sealed record Loaded(string Text, X509Certificate2Collection Roots, X509Certificate2Collection Others);
}
