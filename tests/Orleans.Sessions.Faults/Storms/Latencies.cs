using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>How long some requests took.</summary>
internal sealed class Latencies(IReadOnlyList<Operation> operations)
{
    private const double Most = 0.99;

    /// <summary>The slowest of a hundred is somebody's only if there are a hundred.</summary>
    private const int Least = 100;

    private static readonly Act[] s_writes = [Act.Create, Act.Update, Act.End];

    public int Count => operations.Count;

    /// <summary>Whether there are enough reads and enough writes to say anything.</summary>
    public bool AreMany { get; } = operations.Count(IsWrite) >= Least && operations.Count(operation => !IsWrite(operation)) >= Least;

    /// <summary>99 of 100 reads took no longer.</summary>
    public TimeSpan Reads { get; } = MostOf(operations.Where(operation => !IsWrite(operation)));

    /// <summary>99 of 100 creations, changes and endings took no longer.</summary>
    public TimeSpan Writes { get; } = MostOf(operations.Where(IsWrite));

    private static bool IsWrite(Operation operation) => s_writes.Contains(operation.Act);

    private static TimeSpan MostOf(IEnumerable<Operation> some)
    {
        var sorted = some.Select(operation => operation.Responded - operation.Invoked).Order().ToList();
        return sorted.Count == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(sorted.Count * Most) - 1];
    }
}
