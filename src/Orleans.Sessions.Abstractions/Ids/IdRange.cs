namespace Orleans.Sessions;

/// <summary>
/// Ids that one process may use: those of one slot and of a span of time. The database gives each of them once. An id is 41 bits of
/// milliseconds since 2024, 12 bits of the slot, and 10 bits that count.
/// </summary>
/// <param name="Slot">0 to 4095.</param>
/// <param name="From">The first millisecond, since 2024.</param>
/// <param name="Until">The millisecond after the last one.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdRange")]
public readonly record struct IdRange([property: Id(0)] int Slot, [property: Id(1)] long From, [property: Id(2)] long Until)
{
    /// <summary>How many slots there are. More processes than that get ranges of a later time.</summary>
    public const int Slots = 4096;

    /// <summary>Ids of one slot and millisecond.</summary>
    internal const int PerMillisecond = 1024;

    private static readonly DateTimeOffset s_epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The millisecond of an instant, as ranges count them.</summary>
    public static long MillisecondOf(DateTimeOffset time) => (long)(time - s_epoch).TotalMilliseconds;

    /// <summary>The id at a position: milliseconds times <see cref="PerMillisecond"/>, and the count.</summary>
    internal long IdAt(long position) =>
        (((position / PerMillisecond * Slots) + Slot) * PerMillisecond) + (position % PerMillisecond);
}
