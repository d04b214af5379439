using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Keeps an activation that may follow one on a dead node from acknowledging a change while that node's lease may still run: until then the
/// dead node answers from memory what was true before the change.
/// <para>
/// The directory gives a grain of a dead node to another one only in a version of the membership that has that death, so the version in
/// which an activation was registered says which dead nodes it may follow. Reads need no fence: they are of the database, and the dead node
/// writes nothing more to it.
/// </para>
/// <para>
/// A lease ends when the last renewal is as old as the lease is long. The renewals are counted in the membership, so whoever has seen the
/// last count at a moment of the own clock knows that the lease ends no later than its length after that moment. That is also how it shows
/// that a member has lost the database: its count stands still while others see the membership.
/// </para>
/// </summary>
/// <param name="clock">The clock of the lease.</param>
/// <param name="length">How long the leases of nodes are that do not say.</param>
public sealed class TakeoverFence(TimeProvider clock, TimeSpan length = default)
{
    /// <summary>Who waits longer has given up; then it is better to say how long it takes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <summary>Two clocks never go at quite the same speed.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMilliseconds(50);

    /// <summary>How long after the end of its lease a member that does not renew it is given up.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    private readonly Dictionary<SiloAddress, Seen> _seen = [];
    private long _notedAt;
    private volatile Knowledge _known = new(long.MaxValue, 0, []);
    private TaskCompletionSource _nextReading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _demand = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Grows whenever a node joins, leaves or dies. What is in memory since before is to be confirmed.</summary>
    public long Epoch => _known.Epoch;

    /// <summary>Whether no dead node's lease may still run.</summary>
    public bool IsOpen => _known.Deaths.IsEmpty;

    /// <summary>Completes when somebody waits for a reading.</summary>
    public Task Demand => Volatile.Read(ref _demand).Task;

    /// <summary>Dead nodes whose leases are over by now, which the membership does not say yet.</summary>
    public ImmutableArray<SiloAddress> Over =>
        [.. _known.Deaths.Where(death => Remaining(death) <= TimeSpan.Zero).Select(death => death.Silo)];

    /// <summary>
    /// Members that have not renewed their leases for so long, while this node read the membership, that they must have lost the database.
    /// </summary>
    public ImmutableArray<SiloAddress> Silent { get; private set; } = [];

    /// <summary>Takes note of the membership. What is read and noted must be in one order.</summary>
    public void Note(LeaseReading reading)
    {
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(_notedAt, now) > length)
        {
            // This node was suspended, and so may the others have been.
            NoteFailure();
        }

        _notedAt = now;
        var before = _known;
        var isFirst = before.Version == long.MaxValue;
        var deaths = before.Deaths
            .Where(death => reading.Members.Any(member => member.Silo.Equals(death.Silo) && !member.IsOver))
            .ToDictionary(death => death.Silo);
        foreach (var member in reading.Members)
        {
            if (!_seen.TryGetValue(member.Silo, out var seen) || seen.Renewals != member.Renewals)
            {
                seen = new Seen(member.Renewals, now, now);
            }

            _seen[member.Silo] = seen with { SilentSince = seen.SilentSince ?? now };
            if (member is { Status: SiloStatus.Dead, IsOver: false } && !deaths.ContainsKey(member.Silo))
            {
                // The vote was between the reading before and this one.
                var until = member.Length is { } lease ? After(seen.Since, lease + s_margin) : After(now, length + s_margin);
                deaths.Add(member.Silo, new Death(member.Silo, isFirst ? 0 : before.Version + 1, until));
            }
        }

        var isAsBefore = before.Members.Length == reading.Members.Length
            && reading.Members.All(member => before.Members.Contains((member.Silo, member.Status)));
        foreach (var gone in _seen.Keys.Except(reading.Members.Select(member => member.Silo)).ToList())
        {
            _seen.Remove(gone);
        }

        Silent = [.. reading.Members
            .Where(member => member is { Status: SiloStatus.Active, Length: { } lease }
                && clock.GetElapsedTime(_seen[member.Silo].SilentSince ?? now, now) > lease + s_silence)
            .Select(member => member.Silo)];
        _known = new Knowledge(reading.Version, isAsBefore ? before.Epoch : before.Epoch + 1, [.. deaths.Values])
        {
            Members = isAsBefore ? before.Members : [.. reading.Members.Select(member => (member.Silo, member.Status))],
        };
        Interlocked.Exchange(ref _demand, new(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Exchange(ref _nextReading, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>The membership could not be read: whoever is silent since then may just have met the same trouble.</summary>
    public void NoteFailure()
    {
        Silent = [];
        foreach (var (silo, seen) in _seen.ToList())
        {
            _seen[silo] = seen with { SilentSince = null };
        }
    }

    /// <summary>
    /// Returns when an activation that was registered in <paramref name="registered"/> may acknowledge changes. Fails with
    /// <c>SESSION-Lease</c> when that takes too long to wait for.
    /// </summary>
    public ValueTask PassAsync(MembershipVersion registered)
    {
        var known = _known;
        return known.Version >= registered.Value && known.Deaths.IsEmpty ? default : new(WaitAsync(registered.Value));
    }

    /// <summary>
    /// As the other one, for the activation that asks: before it changes what it keeps, and before it takes note of what others must not
    /// tell it again.
    /// </summary>
    public ValueTask PassAsync(IGrainContext activation) => PassAsync(activation.Address.MembershipVersion);

    private async Task WaitAsync(long registered)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            var reading = Volatile.Read(ref _nextReading).Task;
            var known = _known;
            var left = s_patience - clock.GetElapsedTime(begun);
            if (known.Version < registered)
            {
                // The directory is ahead of us: it may know of a death that we do not.
                Volatile.Read(ref _demand).TrySetResult();
                if (left <= TimeSpan.Zero || await Task.WhenAny(reading, Task.Delay(left, clock)) != reading)
                {
                    throw new SessionException(SessionErrors.LeaseLost);
                }

                continue;
            }

            var wait = known.Deaths.Where(death => death.Since <= registered).Select(Remaining).DefaultIfEmpty().Max();
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            if (wait > left)
            {
                throw new SessionException(SessionErrors.LeaseLost) { RetryAfter = wait };
            }

            // The dead node may say goodbye before that.
            await Task.WhenAny(reading, Task.Delay(wait, clock));
        }
    }

    private TimeSpan Remaining(Death death) => clock.GetElapsedTime(clock.GetTimestamp(), death.FencedUntil);

    private long After(long moment, TimeSpan time) => moment + (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>When a count of renewals was first seen, and since when it was seen again in every reading.</summary>
    private sealed record Seen(long Renewals, long Since, long? SilentSince);

    /// <summary>A dead node whose lease may run, and the first version of the membership that may have its death.</summary>
    private sealed record Death(SiloAddress Silo, long Since, long FencedUntil);

    private sealed record Knowledge(long Version, long Epoch, ImmutableArray<Death> Deaths)
    {
        public ImmutableArray<(SiloAddress Silo, SiloStatus Status)> Members { get; init; } = [];
    }
}
