namespace Orleans.Sessions.Storage;

/// <summary>
/// Group commit: writes that come at the same time share one transaction, whatever they write. No write waits to form a group. While fewer
/// than <paramref name="transactions"/> transactions are running, a write starts at once. Otherwise it goes with the next transaction. So
/// the groups grow with the load, and without load there are no groups.
/// <para>
/// Writes of the background, such as the ends of thousands of sessions, have small transactions of their own, one at a time. So any other
/// write waits for at most one of these. The background goes first only if it has waited for a while, and never twice in a row.
/// </para>
/// </summary>
/// <param name="transactions">How many transactions run at the same time.</param>
internal abstract class WriteQueue(int transactions)
{
    /// <summary>The most writes in one transaction.</summary>
    private const int MaxGroup = 64;

    /// <summary>The most writes of the background in one transaction. They take SQLite about a millisecond.</summary>
    private const int MaxBackgroundGroup = 4;

    /// <summary>For how long the background lets other writes go first, in milliseconds.</summary>
    private const int Patience = 100;

    /// <summary>After how long the background may have large transactions, in milliseconds. Otherwise its writes would give up.</summary>
    private const int Overdue = 1000;

    private readonly Lock _lock = new();
    private readonly WriteLane _others = new();
    private readonly WriteLane _background = new();
    private int _running;
    private bool _isBackgroundRunning;

    /// <summary>Milliseconds of a clock that nobody sets.</summary>
    protected virtual long Now => Environment.TickCount64;

    /// <summary>Runs the steps in one transaction. Returns <c>false</c> after a conflict. Then nothing was written.</summary>
    /// <param name="key">The row that it writes over a version; <c>null</c> if it writes no state.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="isBackground">Whether other writes may go first.</param>
    public Task<bool> WriteAsync(StateKey? key, IReadOnlyList<WriteStep> steps, bool isBackground = false)
    {
        var write = new DatabaseWrite(key, steps, Now);
        lock (_lock)
        {
            (isBackground ? _background : _others).Add(write);
            if (_running == transactions || (isBackground && _isBackgroundRunning))
            {
                // Whoever is working now takes it.
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
        Group? group = null;
        while ((group = TakeGroup(group)) is not null)
        {
            group.Writes.RemoveAll(write => write.GiveUpIfLate(Now));
            if (group.Writes.Count > 0)
            {
                await CommitAsync(group.Writes);
            }
        }
    }

    /// <summary>The writes of the next transaction; <c>null</c> if no write waits. The next write then starts to work again.</summary>
    /// <param name="done">The group that the caller has just written; <c>null</c> if it is its first one.</param>
    private Group? TakeGroup(Group? done)
    {
        lock (_lock)
        {
            if (done is { IsBackground: true })
            {
                _isBackgroundRunning = false;
            }

            var isBackground = !_isBackgroundRunning && !_background.IsEmpty && (_others.IsEmpty || IsBackgroundDue(done));
            if (_others.IsEmpty && !isBackground)
            {
                _running--;
                return null;
            }

            _isBackgroundRunning |= isBackground;
            return isBackground
                ? new Group(_background.Take(HasBackgroundWaited(Overdue) ? MaxGroup : MaxBackgroundGroup), isBackground)
                : new Group(_others.Take(MaxGroup), isBackground);
        }
    }

    /// <summary>Whether the background goes before other writes.</summary>
    private bool IsBackgroundDue(Group? done) => done is { IsBackground: false } && HasBackgroundWaited(Patience);

    private bool HasBackgroundWaited(int milliseconds) => Now - _background.Since > milliseconds;

    private sealed record Group(List<DatabaseWrite> Writes, bool IsBackground);
}
