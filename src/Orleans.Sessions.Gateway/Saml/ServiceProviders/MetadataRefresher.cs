using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>
/// Reads metadata at addresses again when they are due. The registry gives each of them to one node at a time, and a few at once, so that
/// all nodes share the work. One that fails does not stop the others.
/// </summary>
internal sealed partial class MetadataRefresher(Grains grains, MetadataFetcher fetcher, TimeProvider clock, ILogger<MetadataRefresher> log)
    : BackgroundService
{
    private const int MaxAtOnce = 4;
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RefreshDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Reads all that are due. Tests call it, too.</summary>
    internal async Task RefreshDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };
            while (await grains.CallAsync(() => grains.SamlServiceProviders.ClaimDueAsync(), cancellationToken) is { IsEmpty: false } due)
            {
                await Parallel.ForEachAsync(due, options, async (provider, end) => await RefreshAsync(provider, end));
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The next round tries it again.
            Failed(log, exception);
        }
    }

    private async Task RefreshAsync(ServiceProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            var fetch = await fetcher.FetchAsync(provider.MetadataUrl!, provider.MetadataCertificate, cancellationToken);
            await grains.CallAsync(() => grains.SamlServiceProviders.RefreshAsync(Caller.InCluster, provider.Id, fetch), cancellationToken);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.ServiceProviderUnknown)
        {
            // It was removed meanwhile.
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody tries it again when the claim has ended.
            FailedOne(log, provider.Id, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The metadata of service providers could not be read again")]
    private static partial void Failed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The metadata of the service provider {Id} could not be read again")]
    private static partial void FailedOne(ILogger log, string id, Exception exception);
}
