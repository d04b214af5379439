using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Background;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Expiry;

/// <summary>Calls the <see cref="ISweeperGrain"/> regularly from every silo, so that it runs as long as one silo does.</summary>
public sealed class SweeperService(IGrainFactory grains, IOptions<SessionOptions> options, TimeProvider clock, ILogger<SweeperService> log)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        UntilStopped.RepeatAsync(
            _ => grains.GetGrain<ISweeperGrain>(0).SweepAsync(),
            stopping => Task.Delay(options.Value.Expiry.SweepInterval, clock, stopping),
            exception => SweeperLog.Failed(log, "the cluster", exception),
            stoppingToken
        );
}
