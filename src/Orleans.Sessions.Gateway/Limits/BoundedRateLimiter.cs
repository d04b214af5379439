using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// Applies a rate limit to each of very many keys within bounded memory, so that an attacker with many addresses cannot fill it. It stores
/// one instant for each key: the time when the key's whole use is forgotten (the generic cell rate algorithm, a token bucket without a
/// timer). Entries are in two generations. A full young generation becomes the old one, and the entries of the previous old one are dropped
/// unless they were used since. A key that is dropped too early starts afresh.
/// </summary>
/// <typeparam name="TKey">What the limit applies to.</typeparam>
internal sealed class BoundedRateLimiter<TKey>(Rate rate, int maxPartitions, TimeProvider clock) : PartitionedRateLimiter<TKey>
    where TKey : notnull
{
    private readonly double _ticksOfOne = rate.PerMinute == 0 ? 0 : (double)TimeSpan.TicksPerMinute / rate.PerMinute;
    private readonly long _origin = clock.GetTimestamp();
    private readonly Lock _turning = new();
    private Generation _young = new(0);
    private Generation _old = new(0);

    /// <summary>Whether nothing has been counted lately, so that no look-up is needed.</summary>
    public bool IsEmpty => _young.Count == 0 && _old.Count == 0;

    /// <summary>The number of keys in memory.</summary>
    public int Partitions => _young.Count + _old.Count;

    private long Now => clock.GetElapsedTime(_origin).Ticks;

    /// <summary>How long it takes until a full burst is forgotten.</summary>
    private double BurstTicks => rate.Burst * _ticksOfOne;

    public override RateLimiterStatistics? GetStatistics(TKey resource) => null;

    /// <summary>
    /// Counts <paramref name="permitCount"/> permits, unless they are too many; 0 only asks whether one more would be accepted.
    /// </summary>
    protected override RateLimitLease AttemptAcquireCore(TKey resource, int permitCount)
    {
        if (rate.PerMinute == 0)
        {
            return Lease.Granted;
        }

        var now = Now;
        if (permitCount > 0)
        {
            return ForCounting(resource, now).TryAdd(permitCount * _ticksOfOne, BurstTicks, now) is { } wait
                ? new Lease(wait)
                : Lease.Granted;
        }

        return Find(resource)?.WaitFor(_ticksOfOne, BurstTicks, now) is { } until ? new Lease(until) : Lease.Granted;
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(TKey resource, int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));

    private Bucket? Find(TKey key) =>
        _young.Buckets.TryGetValue(key, out var bucket) || _old.Buckets.TryGetValue(key, out bucket) ? bucket : null;

    private Bucket ForCounting(TKey key, long now)
    {
        var young = _young;
        if (young.Buckets.TryGetValue(key, out var bucket))
        {
            return bucket;
        }

        if (young.Count >= Math.Max(1, maxPartitions / 2) || now - young.Since > BurstTicks)
        {
            young = Turn(young, now);
        }

        if (!_old.Buckets.TryGetValue(key, out bucket))
        {
            bucket = new Bucket();
        }

        var kept = young.Buckets.GetOrAdd(key, bucket);
        if (ReferenceEquals(kept, bucket))
        {
            young.Added();
        }

        return kept;
    }

    private Generation Turn(Generation full, long now)
    {
        lock (_turning)
        {
            if (ReferenceEquals(_young, full))
            {
                (_old, _young) = (full, new Generation(now));
            }

            return _young;
        }
    }

    private sealed class Generation(long since)
    {
        private int _count;

        public ConcurrentDictionary<TKey, Bucket> Buckets { get; } = new();

        /// <summary>A separate counter: counting the entries themselves would lock them all.</summary>
        public int Count => Volatile.Read(ref _count);

        public long Since => since;

        public void Added() => Interlocked.Increment(ref _count);
    }

    private sealed class Bucket
    {
        private double _emptyAt;

        /// <summary>Adds to the used amount. If that would be too much, adds nothing and returns how long to wait.</summary>
        public TimeSpan? TryAdd(double ticks, double most, long now)
        {
            lock (this)
            {
                var next = Math.Max(_emptyAt, now) + ticks;
                if (next - now > most)
                {
                    // An amount larger than the bucket passes when the bucket is empty; otherwise it would never pass.
                    if (ticks <= most || _emptyAt > now)
                    {
                        return Wait(Math.Min(next - now - most, most));
                    }
                }

                _emptyAt = next;
                return null;
            }
        }

        /// <summary>How long to wait until the amount could be added; <c>null</c> if it can be added now.</summary>
        public TimeSpan? WaitFor(double ticks, double most, long now)
        {
            lock (this)
            {
                var next = Math.Max(_emptyAt, now) + ticks;
                return next - now > most ? Wait(next - now - most) : null;
            }
        }

        private static TimeSpan Wait(double ticks) => TimeSpan.FromTicks(Math.Max(1, (long)Math.Ceiling(ticks)));
    }

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static Lease Granted { get; } = new((TimeSpan?)null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
