namespace Orleans.Sessions.Tests.Cluster.Model.Harness;

/// <summary>Visits every state that any order of steps can reach.</summary>
public static class Explorer
{
    /// <summary>
    /// The steps of the shortest path to a forbidden state, in order; <c>null</c> if no path exists. <paramref name="seen"/> gets all
    /// visited states.
    /// </summary>
    public static IReadOnlyList<string>? WayTo<T>(
        T start,
        Func<T, IEnumerable<(string Step, T Next)>> steps,
        Func<T, bool> isWrong,
        out IReadOnlyCollection<T> seen
    )
        where T : notnull
    {
        var cameFrom = new Dictionary<T, (string Step, T From)?> { [start] = null };
        seen = cameFrom.Keys;
        var waiting = new Queue<T>([start]);
        while (waiting.TryDequeue(out var state))
        {
            if (isWrong(state))
            {
                return Way(cameFrom, state);
            }

            foreach (var (step, next) in steps(state))
            {
                if (cameFrom.TryAdd(next, (step, state)))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return null;
    }

    private static List<string> Way<T>(Dictionary<T, (string Step, T From)?> cameFrom, T state)
        where T : notnull
    {
        var way = new List<string>();
        while (cameFrom[state] is { } last)
        {
            way.Insert(0, last.Step);
            state = last.From;
        }

        return way;
    }
}
