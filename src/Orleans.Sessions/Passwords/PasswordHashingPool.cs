using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Hashes on a fixed number of its own threads, so that grains and requests continue while passwords are hashed. A request that would wait
/// too long is refused at once, and a hash whose caller no longer waits is never started. The service's own hashes have a lane of their
/// own: hashes of other systems, each of which may cost a whole budget, only delay each other.
/// </summary>
internal sealed class PasswordHashingPool : IDisposable
{
    private static readonly TimeSpan s_soonest = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly PasswordHashingOptions _options;
    private readonly TimeProvider _clock;
    private readonly HashingLane _own;
    private readonly HashingLane _foreign;
    private readonly List<Thread> _threads = [];

    /// <summary>The number of each user's hashes that wait or run.</summary>
    private readonly Dictionary<string, int> _ofUser = new(StringComparer.Ordinal);

    private bool _isStopping;

    /// <summary>Starts the threads.</summary>
    public PasswordHashingPool(IOptions<PasswordHashingOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        _own = new(_options.OwnLane.Threads, _options.OwnLane.MemoryBytes, clock);
        _foreign = new(_options.ForeignLane.Threads, _options.ForeignLane.MemoryBytes, clock);
        Start(_own, "own");
        Start(_foreign, "foreign");
    }

    /// <summary>
    /// Runs <paramref name="work"/> when its turn comes. Fails at once with <c>SESSION-Busy1</c> if that would be too late, or if the user
    /// already has the maximum number of hashes waiting or running. Fails later with the same error if the work has not begun by the
    /// caller's deadline (<see cref="CallDeadline"/>).
    /// </summary>
    /// <param name="userId">The owner of the password.</param>
    /// <param name="cost">The cost of the hash.</param>
    /// <param name="isForeign">Whether the hash is foreign: of another system, or with other settings.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Signals that the caller no longer waits; work that has begun runs to its end.</param>
    internal Task<T> RunAsync<T>(string userId, HashCost cost, bool isForeign, Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lane = isForeign ? _foreign : _own;
        var job = new HashingJob<T>(userId, cost, CallDeadline.Current(_clock), work);
        lock (_gate)
        {
            Admit(job, lane);
            lane.Add(job);
            _ofUser[userId] = _ofUser.GetValueOrDefault(userId) + 1;
            Monitor.PulseAll(_gate);
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(job, lane, cancellationToken) : job.Result;
    }

    /// <summary>The number of this user's hashes that wait or run.</summary>
    internal int CountOf(string userId)
    {
        lock (_gate)
        {
            return _ofUser.GetValueOrDefault(userId);
        }
    }

    /// <summary>Finishes what is queued and stops the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }

        _threads.ForEach(thread => thread.Join());
    }

    private static SessionException Busy(TimeSpan retryAfter) =>
        new(SessionErrors.HashingBusy) { RetryAfter = retryAfter > s_soonest ? retryAfter : s_soonest };

    private void Admit(HashingJob job, HashingLane lane)
    {
        var wait = lane.ExpectedWait(job.UserId, job.Cost);
        if (_ofUser.GetValueOrDefault(job.UserId) >= _options.HashesPerUser || wait > _options.MaxWait || wait >= job.Deadline.Left)
        {
            throw Busy(wait);
        }
    }

    private async Task<T> WaitAsync<T>(HashingJob<T> job, HashingLane lane, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            _ =>
            {
                lock (_gate)
                {
                    if (!lane.Remove(job))
                    {
                        return;
                    }

                    Count(job);
                    Monitor.PulseAll(_gate);
                }

                job.Drop(new OperationCanceledException(cancellationToken));
            },
            null
        );
        return await job.Result;
    }

    private void Start(HashingLane lane, string name)
    {
        for (var i = 0; i < lane.Threads; i++)
        {
            var thread = new Thread(() => Work(lane)) { IsBackground = true, Name = $"password hashing {name} {i}" };
            thread.Start();
            _threads.Add(thread);
        }
    }

    private void Work(HashingLane lane)
    {
        while (Next(lane) is { } job)
        {
            job.Run();
            lock (_gate)
            {
                lane.End(job);
                Count(job);
                Monitor.PulseAll(_gate);
            }

            // Only now, after the job is counted as done: the caller may ask for the next hash as soon as it has the answer.
            job.Answer();
        }
    }

    /// <summary>Waits for the next job; <c>null</c> if the pool is stopping and no job is left.</summary>
    private HashingJob? Next(HashingLane lane)
    {
        var late = new List<HashingJob>();
        lock (_gate)
        {
            while (true)
            {
                var job = lane.Start(late);
                foreach (var dropped in late)
                {
                    Count(dropped);
                    dropped.Drop(Busy(s_soonest));
                }

                late.Clear();
                if (job is not null || (_isStopping && lane.IsEmpty))
                {
                    return job;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Records that a job of the user no longer waits or runs.</summary>
    private void Count(HashingJob job)
    {
        var left = _ofUser[job.UserId] - 1;
        if (left > 0)
        {
            _ofUser[job.UserId] = left;
        }
        else
        {
            _ofUser.Remove(job.UserId);
        }
    }
}
