namespace Orleans.Sessions;

/// <summary>
/// The ids that one process may use: those of one slot and one span of time. The database gives each id to one process only. An id consists
/// of 41 bits of milliseconds since 2024, 12 bits of the slot, and a 10-bit counter.
/// </summary>
/// <param name="Slot">0 to 4095.</param>
/// <param name="From">The first millisecond, since 2024.</param>
/// <param name="Until">The millisecond after the last one.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdRange")]
public readonly record struct IdRange([property: Id(0)] int Slot, [property: Id(1)] long From, [property: Id(2)] long Until)
{
    /// <summary>The number of slots. If there are more processes, they get ranges of a later time.</summary>
    public const int Slots = 4096;

    /// <summary>The number of ids of one slot and millisecond.</summary>
    internal const int PerMillisecond = 1024;

    private static readonly DateTimeOffset s_epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The millisecond of an instant, counted since 2024.</summary>
    public static long MillisecondOf(DateTimeOffset time) => (long)(time - s_epoch).TotalMilliseconds;

    /// <summary>The id at a position. A position is milliseconds times <see cref="PerMillisecond"/>, plus the counter.</summary>
    internal long IdAt(long position) => (((position / PerMillisecond * Slots) + Slot) * PerMillisecond) + (position % PerMillisecond);
}
