using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Hands on what <see cref="FailureCounts"/> has, every few seconds and before the process stops. It asks for them late: what they need is not ready before
/// everything starts.
/// </summary>
public sealed class FailureFlush(IServiceProvider services, TimeProvider clock) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How much is lost when the process dies.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private FailureCounts Counts => services.GetRequiredService<FailureCounts>();

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything stops that is needed for it.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Counts.FlushAsync(cancellationToken);

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
                await Counts.FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
