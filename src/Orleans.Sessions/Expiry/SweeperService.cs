using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Expiry;

/// <summary>Pokes the <see cref="ISweeperGrain"/> from every silo, so that it runs as long as one silo does.</summary>
public sealed class SweeperService(IGrainFactory grains, IOptions<SessionOptions> options, TimeProvider clock, ILogger<SweeperService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Expiry.SweepInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PokeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task PokeAsync()
    {
        try
        {
            await grains.GetGrain<ISweeperGrain>(0).SweepAsync();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or SessionException)
        {
            SweeperLog.Failed(log, "the cluster", exception);
        }
    }
}
