namespace Orleans.Sessions.Storage;

/// <summary>
/// Group commit: writes that come at the same time share one transaction, whatever they write. No write waits to form a group. While fewer
/// than <paramref name="transactions"/> transactions are running, a write starts at once. Otherwise it goes with the next transaction. So
/// the groups grow with the load, and without load there are no groups.
/// </summary>
/// <param name="transactions">How many transactions run at the same time.</param>
internal abstract class WriteQueue(int transactions)
{
    /// <summary>The most writes in one transaction.</summary>
    private const int MaxGroup = 64;

    private readonly Lock _lock = new();
    private List<DatabaseWrite> _waiting = [];
    private int _running;

    /// <summary>Runs the steps in one transaction. Returns <c>false</c> after a conflict. Then nothing was written.</summary>
    /// <param name="key">The row that it writes over a version; <c>null</c> if it writes no state.</param>
    /// <param name="steps">The steps.</param>
    public Task<bool> WriteAsync(StateKey? key, IReadOnlyList<WriteStep> steps)
    {
        var write = new DatabaseWrite(key, steps);
        lock (_lock)
        {
            _waiting.Add(write);
            if (_running == transactions)
            {
                return write.Done;
            }

            _running++;
        }

        Start(DrainAsync);
        return write.Done;
    }

    /// <summary>Starts to work on the queue.</summary>
    protected abstract void Start(Func<Task> work);

    /// <summary>Writes a group and completes its writes. Never throws.</summary>
    protected abstract Task CommitAsync(IReadOnlyList<DatabaseWrite> group);

    private async Task DrainAsync()
    {
        while (TakeGroup() is { } group)
        {
            group.RemoveAll(write => write.GiveUpIfLate());
            if (group.Count > 0)
            {
                await CommitAsync(group);
            }
        }
    }

    /// <summary>The writes of the next transaction; <c>null</c> if no write waits. The next write then starts to work again.</summary>
    private List<DatabaseWrite>? TakeGroup()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _running--;
                return null;
            }

            var (group, later, keys) = (new List<DatabaseWrite>(), new List<DatabaseWrite>(), new HashSet<StateKey>());
            foreach (var write in _waiting)
            {
                (group.Count < MaxGroup && (write.Key is null || keys.Add(write.Key)) ? group : later).Add(write);
            }

            _waiting = later;
            return group;
        }
    }
}
