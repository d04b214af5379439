namespace Orleans.Sessions;

/// <summary>
/// Takes ids out of a range, in step with the time that has passed since it was reserved: they grow, and on all nodes alike. It looks at
/// no date, so it does not matter whether the process has the right one. Not for several threads at once.
/// </summary>
/// <param name="range">The range.</param>
/// <param name="clock">Measures the time that passes from now on.</param>
/// <param name="earlier">The cursor that this one follows: its ids are lower.</param>
internal sealed class IdRangeCursor(IdRange range, TimeProvider clock, IdRangeCursor? earlier)
{
    private readonly long _begun = clock.GetTimestamp();
    private long _next = Math.Max(range.From, earlier?.Millisecond + 1 ?? 0) * IdRange.PerMillisecond;

    /// <summary>Whether it is time to reserve the next range.</summary>
    public bool IsHalfUsed => Millisecond >= range.From + ((range.Until - range.From) / 2);

    private long Millisecond => _next / IdRange.PerMillisecond;

    /// <summary>An id that nobody else has; <c>false</c>: the range is used up, or its time is over.</summary>
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
