namespace Orleans.Sessions.Directory;

/// <summary>Times as records and the database keep them: whole microseconds since the Unix epoch, the precision that the wire contract shows.</summary>
public static class Instant
{
    /// <summary>The microseconds from the Unix epoch to <paramref name="time"/>.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time <paramref name="microseconds"/> after the Unix epoch.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
