using Microsoft.Extensions.Hosting;

namespace Orleans.Sessions.Audit;

/// <summary>Flushes <see cref="FailureCounts"/> every few seconds, and before the process stops.</summary>
public sealed class FailureFlush(FailureCounts counts, TimeProvider clock) : BackgroundService, IHostedLifecycleService
{
    /// <summary>The time between two flushes. If the process dies, the counts of this time are lost.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Flushes before the services that it needs stop.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => counts.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await counts.FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
