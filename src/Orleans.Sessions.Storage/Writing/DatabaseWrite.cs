namespace Orleans.Sessions.Storage;

/// <summary>A write that shares a transaction with others in a queue. It is done when its transaction is committed.</summary>
/// <param name="key">The row that it writes over a version; <c>null</c> if it writes no state. A group writes a row only once.</param>
/// <param name="steps">The parts of the write, in the order in which they run.</param>
/// <param name="since">When it began to wait, in milliseconds of the queue's clock.</param>
internal sealed class DatabaseWrite(StateKey? key, IReadOnlyList<WriteStep> steps, long since)
{
    /// <summary>The maximum time that a write waits for its turn, in milliseconds. After that, its caller has given up.</summary>
    private const int MaxWait = 5000;

    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StateKey? Key => key;

    public IReadOnlyList<WriteStep> Steps => steps;

    /// <summary>When it began to wait, in milliseconds of the queue's clock.</summary>
    public long Since => since;

    /// <summary>Whether it was written. <c>false</c> means a conflict: another write changed, added or deleted the row.</summary>
    public Task<bool> Done => _done.Task;

    public void Succeed() => _done.SetResult(true);

    public void Conflict() => _done.SetResult(false);

    public void Fail(Exception exception) => _done.SetException(exception);

    /// <summary>Fails if it has waited too long at <paramref name="now"/>. Returns whether it did.</summary>
    public bool GiveUpIfLate(long now)
    {
        if (now - since <= MaxWait)
        {
            return false;
        }

        Fail(new StoreUnavailableException("The database is too slow.", new TimeoutException("A write did not get its turn in time.")));
        return true;
    }
}
