namespace Orleans.Sessions.Passwords;

/// <summary>
/// What computing one hash takes, by a model: time and memory follow from the parameters alone, so that every node accepts and refuses the
/// same hashes, whatever it does at the moment. The times per step were measured on one idle core of an AMD EPYC of 2023 and rounded up.
/// </summary>
/// <param name="Kind">The algorithm: hashes of a kind are slower or faster than the model by the same factor.</param>
/// <param name="Time">How long one core computes.</param>
/// <param name="MemoryBytes">How much memory it needs at once.</param>
internal sealed record HashCost(string Kind, TimeSpan Time, long MemoryBytes)
{
    private const double NanosecondsPerTick = 100;

    /// <summary>More than any budget, and still a time one can calculate with.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365);

    /// <summary>So many steps of so many nanoseconds. Whatever the parameters of a hash multiply to, the result is finite.</summary>
    public static HashCost Of(string kind, double steps, double nanosecondsPerStep, double memoryBytes = 0)
    {
        var ticks = Math.Max(steps * nanosecondsPerStep / NanosecondsPerTick, TimeSpan.TicksPerMicrosecond);
        var time = ticks < s_longest.Ticks ? TimeSpan.FromTicks((long)ticks) : s_longest;
        return new HashCost(kind, time, (long)Math.Min(memoryBytes, long.MaxValue / 2));
    }
}
