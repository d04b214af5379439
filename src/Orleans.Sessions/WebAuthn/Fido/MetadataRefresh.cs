using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Background;
using Orleans.Sessions.Egress;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>
/// Reads the metadata of authenticators on every silo, when it starts and then again and again, and verifies it. A failure leaves the last
/// edition in use, until that is overdue.
/// </summary>
internal sealed class MetadataRefresh(
    AuthenticatorMetadata metadata,
    IOptions<WebAuthnOptions> options,
    EgressHttp egress,
    TimeProvider clock,
    ILogger<MetadataRefresh> log
) : BackgroundService
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_retriedAfter = TimeSpan.FromHours(1);

    private readonly MetadataOptions _source = options.Value.Metadata;
    private HttpClient? _http;
    private bool _hasFailed;

    /// <summary>Reads and verifies it once. The exception says why it failed.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(await File.ReadAllTextAsync(_source.Roots!, cancellationToken));
            var payload = await MetadataBlob.ReadAsync(await TextAsync(cancellationToken), [.. roots], _source.Signer, clock.GetUtcNow());
            if (!metadata.Take(payload))
            {
                throw new FormatException("It is older than the edition in use.");
            }
        }
        finally
        {
            foreach (var root in roots)
            {
                root.Dispose();
            }
        }

        if (!metadata.IsCurrent)
        {
            MetadataLog.Overdue(log);
        }
    }

    public override void Dispose()
    {
        _http?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.HasMetadata
            ? UntilStopped.RepeatAsync(
                async stopping =>
                {
                    _hasFailed = true;
                    await ReadAsync(stopping);
                    _hasFailed = false;
                },
                stopping => Task.Delay(_hasFailed && _source.Refresh > s_retriedAfter ? s_retriedAfter : _source.Refresh, clock, stopping),
                exception => MetadataLog.Failed(log, exception),
                stoppingToken
            )
            : Task.CompletedTask;

    private async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        if (_source.File is { } file)
        {
            return new FileInfo(file).Length <= MetadataBlob.MaxBytes
                ? await File.ReadAllTextAsync(file, cancellationToken)
                : throw new FormatException("The file is too large.");
        }

        _http ??= egress.Create(s_timeout, MetadataBlob.MaxBytes);
        return await _http.GetStringAsync(new Uri(_source.Url!), cancellationToken);
    }
}

internal static partial class MetadataLog
{
    [LoggerMessage(
        LogLevel.Error,
        "The metadata of authenticators was not read; while the last edition is overdue or missing, it vouches for no authenticator"
    )]
    public static partial void Failed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Error, "The next edition of the metadata of authenticators is overdue; it vouches for no authenticator")]
    public static partial void Overdue(ILogger log);
}
