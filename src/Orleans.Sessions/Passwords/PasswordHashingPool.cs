using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Hashes on a fixed number of threads of its own, so that grains and requests go on while passwords are hashed. Who would wait for too
/// long is told so at once, and what nobody waits for any more is never begun. Our own hashes have a lane of their own: hashes of other
/// systems, which may each cost as much as a whole budget, wait for each other only.
/// </summary>
public sealed class PasswordHashingPool : IDisposable
{
    private static readonly TimeSpan s_soonest = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly PasswordHashingOptions _options;
    private readonly TimeProvider _clock;
    private readonly HashingLane _own;
    private readonly HashingLane _foreign;
    private readonly List<Thread> _threads = [];

    /// <summary>How many hashes of each user wait or run.</summary>
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
    /// Runs <paramref name="work"/> when its turn has come. Fails at once with <c>SESSION-Busy1</c> when that would be too late, or when
    /// the user has as many hashes waiting or running as one may have; and later, when it was not begun before the caller's deadline (<see
    /// cref="CallDeadline"/>).
    /// </summary>
    /// <param name="userId">Whose password it is.</param>
    /// <param name="cost">What it takes.</param>
    /// <param name="isForeign">Whether it is not one of our own hashes.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Says that nobody waits for it any more; it runs to its end if it has begun.</param>
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

    /// <summary>How many hashes of this user wait or run.</summary>
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
        if (_ofUser.GetValueOrDefault(job.UserId) >= _options.HashesPerUser
            || wait > _options.MaxWait || _clock.GetUtcNow() + wait >= job.Deadline)
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
            null);
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

            // Not before: who has the answer may ask for the next hash at once.
            job.Answer();
        }
    }

    /// <summary>The next job, once there is one; <c>null</c>: there will be no more.</summary>
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

    /// <summary>A job of the user neither waits nor runs any more.</summary>
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
