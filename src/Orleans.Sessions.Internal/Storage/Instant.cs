namespace Orleans.Sessions.Storage;

/// <summary>
/// Times in the form that records and the database store: whole microseconds since the Unix epoch, the precision that the API shows.
/// </summary>
public static class Instant
{
    /// <summary>The microseconds from the Unix epoch to <paramref name="time"/>.</summary>
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time <paramref name="microseconds"/> after the Unix epoch.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
