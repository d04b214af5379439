namespace Orleans.Sessions.Passwords;

/// <summary>
/// A queue of hashes for a few threads. It is fair by user: users take turns, so a user with many requests delays only their own. It
/// can predict how long a new hash would wait. Not thread-safe: <see cref="PasswordHashingPool"/> locks it.
/// </summary>
/// <param name="threads">The number of hashes that run at the same time.</param>
/// <param name="memoryBytes">The memory that running hashes may use together; a hash that needs more runs alone.</param>
/// <param name="clock">The clock.</param>
internal sealed class HashingLane(int threads, long memoryBytes, TimeProvider clock)
{
    private readonly HashSpeed _speed = new();
    private readonly HashSet<HashingJob> _running = [];

    /// <summary>The users with waiting jobs, in the order of their turns.</summary>
    private readonly LinkedList<UserQueue> _turns = [];
    private readonly Dictionary<string, LinkedListNode<UserQueue>> _byUser = new(StringComparer.Ordinal);

    private long _memoryInUse;

    /// <summary>The number of threads that serve the queue.</summary>
    public int Threads => threads;

    /// <summary>Whether no job waits.</summary>
    public bool IsEmpty => _turns.Count == 0;

    /// <summary>How long one more hash of this user would wait before it starts.</summary>
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

        // The user's own jobs and this one take that many turns; meanwhile every other user gets at most as many turns.
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

    /// <summary>Removes a job from the queue; <c>false</c> if it no longer waits.</summary>
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
    /// The next job to run, which counts as running from now on; <c>null</c> if no job waits or the memory is not sufficient yet. Jobs
    /// whose caller no longer waits are added to <paramref name="late"/> instead.
    /// </summary>
    public HashingJob? Start(ICollection<HashingJob> late)
    {
        while (_turns.First is { } turn)
        {
            var job = turn.Value.Jobs.First!.Value;
            var isLate = job.Deadline.Left == TimeSpan.Zero;
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

    /// <summary>Records that a started job has ended.</summary>
    public void End(HashingJob job)
    {
        _running.Remove(job);
        _memoryInUse -= job.Cost.MemoryBytes;
        _speed.Learn(job.Cost, clock.GetElapsedTime(job.StartedAt));
    }

    private bool HasMemoryFor(HashCost cost) => _running.Count == 0 || _memoryInUse + cost.MemoryBytes <= memoryBytes;

    /// <summary>The fraction of the lane that a hash occupies while it runs.</summary>
    private double Share(HashCost cost) => Math.Clamp((double)cost.MemoryBytes / memoryBytes, 1.0 / threads, 1);

    /// <summary>Removes a user without waiting jobs.</summary>
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
