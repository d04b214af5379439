namespace Orleans.Sessions.State;

/// <summary>Reads the clock with the stored precision.</summary>
public static class ClockExtensions
{
    /// <summary>The present time, in whole microseconds.</summary>
    public static DateTimeOffset GetMicroNow(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
