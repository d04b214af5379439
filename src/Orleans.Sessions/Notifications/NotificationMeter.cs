using System.Diagnostics.Metrics;

namespace Orleans.Sessions.Notifications;

/// <summary>The metrics of message delivery; meter <c>Orleans.Sessions</c>.</summary>
internal sealed class NotificationMeter
{
    /// <summary>Creates the instruments.</summary>
    public NotificationMeter(IMeterFactory factory)
    {
        var meter = factory.Create("Orleans.Sessions");
        Sent = meter.CreateCounter<long>("sessions.notifications.sent", "{message}", "Messages that were delivered, by event.");
        Failed = meter.CreateCounter<long>("sessions.notifications.failed", "{attempt}", "Attempts to deliver that failed, by event.");
        GivenUp = meter.CreateCounter<long>("sessions.notifications.given_up", "{message}", "Messages that were given up, by event.");
    }

    internal Counter<long> Sent { get; }

    internal Counter<long> Failed { get; }

    internal Counter<long> GivenUp { get; }
}
