namespace Orleans.Sessions.Passwords;

/// <summary>
/// A queue of hashes for a few threads. It is fair by user: users take turns, so that whoever asks for much waits for it alone. It knows
/// how long a new hash would wait. Not thread-safe: <see cref="PasswordHashingPool"/> locks it.
/// </summary>
/// <param name="threads">How many hashes run at once.</param>
/// <param name="memoryBytes">How much memory those may need together; a hash that needs more runs alone.</param>
/// <param name="clock">The time.</param>
internal sealed class HashingLane(int threads, long memoryBytes, TimeProvider clock)
{
    private readonly HashSpeed _speed = new();
    private readonly HashSet<HashingJob> _running = [];

    /// <summary>The users that have something waiting, in the order of their turns.</summary>
    private readonly LinkedList<UserQueue> _turns = [];
    private readonly Dictionary<string, LinkedListNode<UserQueue>> _byUser = new(StringComparer.Ordinal);

    private long _memoryInUse;

    /// <summary>How many threads serve it.</summary>
    public int Threads => threads;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _turns.Count == 0;

    /// <summary>How long one more hash of this user would wait before it is started.</summary>
    public TimeSpan ExpectedWait(string userId, HashCost cost)
    {
        if (IsEmpty && _running.Count < threads && HasMemoryFor(cost))
        {
            return TimeSpan.Zero;
        }

        var ahead = TimeSpan.Zero;
        foreach (var job in _running)
        {
            var left = _speed.Expect(job.Cost) - clock.GetElapsedTime(job.StartedAt);
            ahead += left > TimeSpan.Zero ? left * Share(job.Cost) : TimeSpan.Zero;
        }

        // While the user's own jobs have their turns, and once more for this one, everybody else has as many.
        var turns = (_byUser.TryGetValue(userId, out var own) ? own.Value.Jobs.Count : 0) + 1;
        foreach (var queue in _turns)
        {
            foreach (var job in queue.Jobs.Take(turns))
            {
                ahead += _speed.Expect(job.Cost) * Share(job.Cost);
            }
        }

        return ahead;
    }

    /// <summary>Queues a job.</summary>
    public void Add(HashingJob job)
    {
        if (!_byUser.TryGetValue(job.UserId, out var turn))
        {
            turn = _turns.AddLast(new UserQueue(job.UserId, new()));
            _byUser.Add(job.UserId, turn);
        }

        turn.Value.Jobs.AddLast(job);
    }

    /// <summary>Takes a job out of the queue; <c>false</c> when it does not wait any more.</summary>
    public bool Remove(HashingJob job)
    {
        if (!_byUser.TryGetValue(job.UserId, out var turn) || !turn.Value.Jobs.Remove(job))
        {
            return false;
        }

        Forget(turn);
        return true;
    }

    /// <summary>
    /// The next job to run, which counts as running from now on; <c>null</c>: there is none, or there is no memory for it yet. Jobs that
    /// nobody waits for any more come out in <paramref name="late"/> instead.
    /// </summary>
    public HashingJob? Start(ICollection<HashingJob> late)
    {
        while (_turns.First is { } turn)
        {
            var job = turn.Value.Jobs.First!.Value;
            var isLate = job.Deadline <= clock.GetUtcNow();
            if (!isLate && !HasMemoryFor(job.Cost))
            {
                return null;
            }

            turn.Value.Jobs.RemoveFirst();
            if (isLate)
            {
                Forget(turn);
                late.Add(job);
                continue;
            }

            _turns.Remove(turn);
            if (turn.Value.Jobs.Count > 0)
            {
                _turns.AddLast(turn);
            }

            Forget(turn);
            _memoryInUse += job.Cost.MemoryBytes;
            job.StartedAt = clock.GetTimestamp();
            _running.Add(job);
            return job;
        }

        return null;
    }

    /// <summary>A job that was started has ended.</summary>
    public void End(HashingJob job)
    {
        _running.Remove(job);
        _memoryInUse -= job.Cost.MemoryBytes;
        _speed.Learn(job.Cost, clock.GetElapsedTime(job.StartedAt));
    }

    private bool HasMemoryFor(HashCost cost) => _running.Count == 0 || _memoryInUse + cost.MemoryBytes <= memoryBytes;

    /// <summary>How much of the lane a hash keeps from others while it runs.</summary>
    private double Share(HashCost cost) => Math.Clamp((double)cost.MemoryBytes / memoryBytes, 1.0 / threads, 1);

    /// <summary>Forgets a user for whom nothing waits any more.</summary>
    private void Forget(LinkedListNode<UserQueue> turn)
    {
        if (turn.Value.Jobs.Count > 0)
        {
            return;
        }

        _byUser.Remove(turn.Value.UserId);
        if (turn.List is not null)
        {
            _turns.Remove(turn);
        }
    }

    private sealed record UserQueue(string UserId, LinkedList<HashingJob> Jobs);
}
