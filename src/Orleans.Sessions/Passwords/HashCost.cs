namespace Orleans.Sessions.Passwords;

/// <summary>
/// The cost of computing one hash, by a model: time and memory follow from the parameters alone. Every node therefore accepts and refuses
/// the same hashes, whatever its load. The times per step were measured on one idle core of an AMD EPYC of 2023 and rounded up.
/// </summary>
/// <param name="Kind">The algorithm: hashes of one kind are slower or faster than the model by the same factor.</param>
/// <param name="Time">The computing time of one core.</param>
/// <param name="MemoryBytes">The memory in use at one time.</param>
internal sealed record HashCost(string Kind, TimeSpan Time, long MemoryBytes)
{
    private const double NanosecondsPerTick = 100;

    /// <summary>More than any budget, but still small enough for arithmetic.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365);

    /// <summary>The cost of this number of steps. The result is finite, whatever product the parameters of a hash give.</summary>
    public static HashCost Of(string kind, double steps, double nanosecondsPerStep, double memoryBytes = 0)
    {
        var ticks = Math.Max(steps * nanosecondsPerStep / NanosecondsPerTick, TimeSpan.TicksPerMicrosecond);
        var time = ticks < s_longest.Ticks ? TimeSpan.FromTicks((long)ticks) : s_longest;
        return new HashCost(kind, time, (long)Math.Min(memoryBytes, long.MaxValue / 2));
    }
}
