using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Background;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// Delivers messages, on every silo: claims as many as it can send at once, so that a server that hangs holds back only its own. A message of
/// this silo wakes it; those that a dead silo left are found by looking.
/// </summary>
internal sealed class NotificationWorker(
    IServiceProvider services, INotificationOutbox outbox, IOptions<NotificationOptions> options, TimeProvider clock,
    ILogger<NotificationDelivery> log) : BackgroundService
{
    private const int Slots = 16;

    private readonly SemaphoreSlim _free = new(Slots);
    private NotificationDelivery _delivery = null!;
    private Notifier _notifier = null!;

    /// <summary>Takes what needs the master key, which is read once the host starts; wrong texts end the start here.</summary>
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
            stoppingToken);

        // What is being sent is finished first, so that nobody gets it twice.
        for (var slot = 0; slot < Slots; slot++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts to deliver what is due.</summary>
    private async Task DeliverDueAsync(CancellationToken stoppingToken)
    {
        while (await ClaimAsync(stoppingToken))
        {
        }
    }

    /// <summary>Claims as much as there is room for; answers whether there may be more.</summary>
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
        // Off the loop: rendering and connecting must not hold the next claim back.
        await Task.Yield();
        try
        {
            await _delivery.DeliverAsync(pending);
        }
        catch (Exception exception)
        {
            // Somebody claims it again when this claim is over.
            NotificationLog.Waiting(log, exception);
        }
        finally
        {
            _free.Release();
        }
    }
}
