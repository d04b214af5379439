using System.Diagnostics.Metrics;

namespace Orleans.Sessions.Sessions;

/// <summary>The metrics of the session domain; meter <c>Orleans.Sessions</c>.</summary>
internal sealed class SessionMeter
{
    /// <summary>Creates the instruments.</summary>
    public SessionMeter(IMeterFactory factory)
    {
        var meter = factory.Create("Orleans.Sessions");
        Ended = meter.CreateCounter<long>("sessions.ended", "{session}", "Sessions that ended, by reason.");
        BreachLookups = meter.CreateCounter<long>(
            "sessions.passwords.breach_lookups",
            "{lookup}",
            "New passwords compared with breached ones, by outcome."
        );
        TokenReused = meter.CreateCounter<long>("sessions.token.reused", "{use}", "Uses of a token after it was replaced.");
    }

    internal Counter<long> Ended { get; }

    internal Counter<long> BreachLookups { get; }

    internal Counter<long> TokenReused { get; }
}
