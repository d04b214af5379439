namespace Orleans.Sessions;

/// <summary>
/// Takes ids from a range. The ids follow the time since the range was reserved, so they grow at the same speed on all nodes. It does not
/// read the date, so a wrong clock does no harm. It is not thread-safe.
/// </summary>
/// <param name="range">The range.</param>
/// <param name="clock">Measures the time from now on.</param>
/// <param name="earlier">The previous cursor, whose ids are lower.</param>
internal sealed class IdRangeCursor(IdRange range, TimeProvider clock, IdRangeCursor? earlier)
{
    private readonly long _begun = clock.GetTimestamp();
    private long _next = Math.Max(range.From, earlier?.Millisecond + 1 ?? 0) * IdRange.PerMillisecond;

    /// <summary>Whether it is time to reserve the next range.</summary>
    public bool IsHalfUsed => Millisecond >= range.From + ((range.Until - range.From) / 2);

    private long Millisecond => _next / IdRange.PerMillisecond;

    /// <summary>Takes an id that nobody else has. Returns <c>false</c> if the range is used up or its time is over.</summary>
    public bool TryTake(out long id)
    {
        var now = range.From + (long)clock.GetElapsedTime(_begun).TotalMilliseconds;
        var position = Math.Max(_next, now * IdRange.PerMillisecond);
        if (position >= range.Until * IdRange.PerMillisecond)
        {
            id = 0;
            return false;
        }

        _next = position + 1;
        id = range.IdAt(position);
        return true;
    }
}
