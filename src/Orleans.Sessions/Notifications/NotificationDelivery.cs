using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// Delivers one claimed message: sends it, then records that it was sent. A crash between the two means that it is sent again, which no
/// order of the two steps can avoid; receivers recognise a repetition by the message's id. A failed delivery is tried again after growing
/// intervals, until the code expires.
/// </summary>
internal sealed class NotificationDelivery(
    INotificationOutbox outbox,
    IEnumerable<INotificationSender> senders,
    Notifier notifier,
    NotificationRenderer renderer,
    TimeProvider clock,
    NotificationMeter meter,
    ILogger<NotificationDelivery> log
)
{
    /// <summary>
    /// How long a claim lasts: longer than sending and recording may take, so that no other node sends the same message meanwhile.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    private const int NotingAttempts = 20;
    private static readonly TimeSpan s_longestSending = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The ids of messages that were sent but not recorded because the database was not available. When claimed again, they are recorded
    /// and not sent.
    /// </summary>
    private readonly ConcurrentDictionary<string, bool> _unnoted = new(StringComparer.Ordinal);

    /// <summary>
    /// Delivers the message or postpones it. Fails only if the database is not available; then the claim expires by itself.
    /// </summary>
    public async Task DeliverAsync(PendingNotification pending)
    {
        var tag = new KeyValuePair<string, object?>("event", NotificationKind.Of(pending.Kind).EventType);
        if (_unnoted.ContainsKey(pending.Id))
        {
            await NoteSentAsync(pending);
            return;
        }

        if (pending.ExpiresAt <= clock.GetUtcNow())
        {
            await GiveUpAsync(pending, tag, cause: null);
            return;
        }

        try
        {
            await SendAsync(pending);
        }
        catch (UndeliverableException exception)
        {
            await GiveUpAsync(pending, tag, exception);
            return;
        }
        catch (Exception exception)
        {
            meter.Failed.Add(1, tag);
            await PutOffAsync(pending, tag, exception);
            return;
        }

        meter.Sent.Add(1, tag);
        _unnoted[pending.Id] = true;
        await NoteSentAsync(pending);
    }

    private async Task SendAsync(PendingNotification pending)
    {
        var kind = NotificationKind.Of(pending.Kind);
        var content = notifier.Open(pending.Id, pending.Content);
        var sender = senders.FirstOrDefault(candidate => candidate.Channel == content.Channel)
            ?? throw new InvalidOperationException($"No channel for {content.Channel} is configured.");
        using var patience = new CancellationTokenSource(s_longestSending);
        await sender.SendAsync(new Notification(pending.Id, kind, content, renderer.Render(kind, content)), patience.Token);
    }

    private async Task PutOffAsync(PendingNotification pending, KeyValuePair<string, object?> tag, Exception cause)
    {
        var pause = pending.Attempts > 10 ? s_longestPause : s_firstPause * (1 << (pending.Attempts - 1));
        var dueAt = clock.GetUtcNow() + (pause < s_longestPause ? pause : s_longestPause);
        if (dueAt >= pending.ExpiresAt)
        {
            await GiveUpAsync(pending, tag, cause);
            return;
        }

        NotificationLog.Failed(log, pending.Id, pending.Kind, pending.Attempts, cause);
        await outbox.RetryAsync(pending, dueAt, CancellationToken.None);
    }

    private async Task GiveUpAsync(PendingNotification pending, KeyValuePair<string, object?> tag, Exception? cause)
    {
        meter.GivenUp.Add(1, tag);
        NotificationLog.GivenUp(log, pending.Id, pending.Kind, pending.Attempts, cause);
        await outbox.DropAsync(pending, CancellationToken.None);
    }

    /// <summary>Another node would send again what is not recorded, so a failed record is tried several times.</summary>
    private async Task NoteSentAsync(PendingNotification pending)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await outbox.SentAsync(pending, clock.GetUtcNow(), CancellationToken.None);
                _unnoted.TryRemove(pending.Id, out _);
                return;
            }
            catch (StoreUnavailableException) when (attempt < NotingAttempts)
            {
                await Task.Delay(s_firstPause, clock);
            }
        }
    }
}

internal static partial class NotificationLog
{
    [LoggerMessage(LogLevel.Warning, "The delivery of message {Id} ({Kind}) failed at attempt {Attempt}; the worker tries again")]
    public static partial void Failed(ILogger log, string id, string kind, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The worker gave up message {Id} ({Kind}) after {Attempt} attempts")]
    public static partial void GivenUp(ILogger log, string id, string kind, int attempt, Exception? exception);

    [LoggerMessage(LogLevel.Warning, "Messages wait, because the outbox is not available; the worker tries again")]
    public static partial void Waiting(ILogger log, Exception exception);

    [LoggerMessage(
        LogLevel.Warning,
        "Anybody can read messages with their codes at /debug/outbox: Sessions:Notifications:ShowAtDebugOutbox is for development only"
    )]
    public static partial void Shown(ILogger log);
}
