using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>How long some requests took.</summary>
internal sealed class Latencies(IReadOnlyList<Operation> operations)
{
    private const double Most = 0.99;

    private static readonly Act[] s_writes = [Act.Create, Act.Update, Act.End];

    public int Count => operations.Count;

    /// <summary>99 of 100 reads took no longer.</summary>
    public TimeSpan Reads { get; } = MostOf(operations.Where(operation => !s_writes.Contains(operation.Act)));

    /// <summary>99 of 100 creations, changes and endings took no longer.</summary>
    public TimeSpan Writes { get; } = MostOf(operations.Where(operation => s_writes.Contains(operation.Act)));

    private static TimeSpan MostOf(IEnumerable<Operation> some)
    {
        var sorted = some.Select(operation => operation.Responded - operation.Invoked).Order().ToList();
        return sorted.Count == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(sorted.Count * Most) - 1];
    }
}
