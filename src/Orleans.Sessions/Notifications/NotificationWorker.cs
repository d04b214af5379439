using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Background;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// Delivers messages, on every silo. It claims as many messages as it can send at the same time, so a server that hangs delays only
/// messages of its own node. A message of this silo wakes the worker; messages that a dead silo left are found by polling.
/// </summary>
internal sealed class NotificationWorker(
    IServiceProvider services,
    INotificationOutbox outbox,
    IOptions<NotificationOptions> options,
    TimeProvider clock,
    ILogger<NotificationDelivery> log
) : BackgroundService
{
    private const int Slots = 16;

    private readonly SemaphoreSlim _free = new(Slots);
    private NotificationDelivery _delivery = null!;
    private Notifier _notifier = null!;

    /// <summary>Gets the services that need the master key, which is read when the host starts. Wrong texts stop the start here.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _delivery = services.GetRequiredService<NotificationDelivery>();
        _notifier = services.GetRequiredService<Notifier>();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _free.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.ShowAtDebugOutbox)
        {
            NotificationLog.Shown(log);
        }

        await UntilStopped.RepeatAsync(
            DeliverDueAsync,
            stopping => _notifier.SleepAsync(options.Value.PollInterval, clock, stopping),
            exception => NotificationLog.Waiting(log, exception),
            stoppingToken
        );

        // Deliveries in progress are finished first, so that no message is sent twice.
        for (var slot = 0; slot < Slots; slot++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts the delivery of due messages.</summary>
    private async Task DeliverDueAsync(CancellationToken stoppingToken)
    {
        while (await ClaimAsync(stoppingToken)) { }
    }

    /// <summary>Claims as many messages as there are free slots; returns whether there may be more.</summary>
    private async Task<bool> ClaimAsync(CancellationToken stoppingToken)
    {
        await _free.WaitAsync(stoppingToken);
        var taken = 1;
        try
        {
            while (_free.Wait(0, CancellationToken.None))
            {
                taken++;
            }

            var claimed = await outbox.ClaimAsync(clock.GetUtcNow(), NotificationDelivery.Lease, taken, stoppingToken);
            var isFull = claimed.Count == taken;
            foreach (var pending in claimed)
            {
                taken--;
                _ = DeliverAsync(pending);
            }

            return isFull;
        }
        finally
        {
            if (taken > 0)
            {
                _free.Release(taken);
            }
        }
    }

    private async Task DeliverAsync(PendingNotification pending)
    {
        // Leaves the loop: rendering and connecting must not delay the next claim.
        await Task.Yield();
        try
        {
            await _delivery.DeliverAsync(pending);
        }
        catch (Exception exception)
        {
            // The message is claimed again when this claim expires.
            NotificationLog.Waiting(log, exception);
        }
        finally
        {
            _free.Release();
        }
    }
}
