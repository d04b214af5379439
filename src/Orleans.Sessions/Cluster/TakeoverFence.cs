using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Delays acknowledgements. An activation may replace one on a dead node. While the dead node's lease may still run, that node answers from
/// memory, without later changes. So the new activation acknowledges no change until the lease is over.
/// <para>
/// The directory moves a grain of a dead node to another node only in a version of the membership that includes the death. So the version
/// in which an activation was registered shows which dead nodes it may follow. Reads need no fence: they read the database, and the dead
/// node can no longer write to it.
/// </para>
/// <para>
/// A living node may have an activation of the same grain, too: when nodes join or leave, the directory moves its parts and can lose an
/// entry. Until that node has read the change, it answers from memory. So the new activation also waits for it, but no longer than a lease.
/// </para>
/// <para>
/// A lease ends when its length has passed since the last renewal. The membership counts the renewals. A node that has seen the last count
/// at a moment of its own clock therefore knows that the lease ends no later than its length after that moment. The count also shows that a
/// member has lost the database: it stands still while other nodes read the membership.
/// </para>
/// </summary>
/// <param name="clock">The clock of the lease.</param>
/// <param name="length">The length of the lease of nodes that do not state it.</param>
public sealed class TakeoverFence(TimeProvider clock, TimeSpan length = default)
{
    /// <summary>The maximum wait. Callers have given up by then, so it is better to fail and say how long it will take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <summary>
    /// After how many renewals a member has read what another node read before. The first one may have begun earlier, and a member that
    /// begins the third one has the answer to the second.
    /// </summary>
    private const int RenewalsUntilRead = 3;

    /// <summary>The allowance for two clocks that run at different speeds.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMilliseconds(50);

    /// <summary>How long after the end of its lease a member that does not renew it is considered lost.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after a change of the membership the nodes may still disagree: until each has read the change, the parts of the directory
    /// have moved, and changes have ended that asked it before. It is at least a lease, for which a node may answer without having read the
    /// change.
    /// </summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    private readonly Dictionary<SiloAddress, Seen> _seen = [];
    private long _notedAt;
    private volatile Knowledge _known = new(long.MaxValue, 0, []);
    private TaskCompletionSource _nextReading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _demand = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Increases whenever a node joins, leaves or dies, and once more when the nodes agree on that again. What has been in memory since
    /// before must be confirmed.
    /// </summary>
    public long Epoch => _known.Epoch;

    /// <summary>
    /// Whether a node joined, left or died so recently that the directory may lead two callers to two activations. Nothing in memory counts
    /// then, because the other activation may have written since.
    /// </summary>
    public bool IsSettling => _known.IsSettling;

    /// <summary>
    /// Whether what was read or heard in this epoch still counts: no node joined, left or died since, and the nodes agree on who is there.
    /// </summary>
    public bool IsCurrent(long epoch)
    {
        var known = _known;
        return known.Epoch == epoch && !known.IsSettling;
    }

    /// <summary>Whether this node has read this version of the membership, in which the directory may have made an activation.</summary>
    public bool HasRead(MembershipVersion version) => _known.Version >= version.Value;

    /// <summary>Whether no dead node's lease can still run, and all members have read the last change.</summary>
    public bool IsOpen => _known.Fenced.IsEmpty;

    /// <summary>Completes when a change waits for a reading of the membership.</summary>
    public Task Demand => Volatile.Read(ref _demand).Task;

    /// <summary>Dead nodes whose leases have ended but are not yet marked so in the membership.</summary>
    public ImmutableArray<SiloAddress> Over =>
        [.. _known.Fenced.Where(other => other.IsDead && Remaining(other) <= TimeSpan.Zero).Select(other => other.Silo)];

    /// <summary>
    /// Members that have not renewed their leases for so long, while this node could read the membership, that they must have lost the
    /// database.
    /// </summary>
    public ImmutableArray<SiloAddress> Silent { get; private set; } = [];

    /// <summary>Records a reading of the membership. Readings must be recorded in the order in which they were read.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="self">This node, which has read it.</param>
    public void Note(LeaseReading reading, SiloAddress? self = null)
    {
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(_notedAt, now) > length)
        {
            // This node was suspended, and the other nodes may have been suspended too.
            NoteFailure();
        }

        _notedAt = now;
        var before = _known;
        var isFirst = before.Version == long.MaxValue;
        var fenced = before
            .Fenced.Where(other => other.IsDead || Remaining(other) > TimeSpan.Zero)
            .Where(other => reading.Members.Any(member => member.Silo.Equals(other.Silo) && other.IsFencedAfter(member)))
            .ToDictionary(other => (other.Silo, other.IsDead));
        foreach (var member in reading.Members)
        {
            if (!_seen.TryGetValue(member.Silo, out var seen) || seen.Renewals != member.Renewals)
            {
                seen = new Seen(member.Renewals, now, now);
            }

            _seen[member.Silo] = seen with { SilentSince = seen.SilentSince ?? now };
            if (member is { Status: SiloStatus.Dead, IsOver: false } && !fenced.ContainsKey((member.Silo, true)))
            {
                // The death was recorded between the previous reading and this one.
                var until = member.Length is { } lease ? After(seen.Since, lease + s_margin) : After(now, length + s_margin);
                fenced.Add((member.Silo, true), new Other(member.Silo, isFirst ? 0 : before.Version + 1, until));
            }
        }

        if (!isFirst && before.HasOtherPartsThan(reading))
        {
            foreach (var member in reading.Members.Where(member => !member.Silo.Equals(self) && MayAnswer(member, now)))
            {
                var since = fenced.TryGetValue((member.Silo, false), out var unaware) ? unaware.Since : before.Version + 1;
                var until = After(now, member.Length!.Value + s_margin);
                fenced[(member.Silo, false)] = new Other(member.Silo, since, until, member.Renewals + RenewalsUntilRead);
            }
        }

        var isAsBefore =
            before.Members.Length == reading.Members.Length
            && reading.Members.All(member => before.Members.Contains((member.Silo, member.Status)));
        foreach (var gone in _seen.Keys.Except(reading.Members.Select(member => member.Silo)).ToList())
        {
            _seen.Remove(gone);
        }

        Silent =
        [
            .. reading
                .Members.Where(member =>
                    member is { Status: SiloStatus.Active, Length: { } lease }
                    && clock.GetElapsedTime(_seen[member.Silo].SilentSince ?? now, now) > lease + s_silence
                )
                .Select(member => member.Silo),
        ];
        var changedAt = isAsBefore ? before.ChangedAt : now;
        var longest = reading.Members.Select(member => member.Length ?? length).DefaultIfEmpty().Max() + s_margin;
        var isSettling = clock.GetElapsedTime(changedAt, now) < (longest > s_settling ? longest : s_settling);
        var isAsConfirmed = isAsBefore && isSettling == before.IsSettling;
        _known = new Knowledge(reading.Version, isAsConfirmed ? before.Epoch : before.Epoch + 1, [.. fenced.Values])
        {
            Members = isAsBefore ? before.Members : [.. reading.Members.Select(member => (member.Silo, member.Status))],
            ChangedAt = changedAt,
            IsSettling = isSettling,
        };
        Interlocked.Exchange(ref _demand, new(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Exchange(ref _nextReading, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Records that the membership could not be read: a member that is silent since then may have met the same failure.</summary>
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
    /// <c>SESSION-Lease</c> if the wait would be too long.
    /// </summary>
    public ValueTask PassAsync(MembershipVersion registered)
    {
        var known = _known;
        return known.Version >= registered.Value && known.Fenced.IsEmpty ? default : new(WaitAsync(registered.Value));
    }

    /// <summary>
    /// Like the other overload, for the activation that calls it. Call it before a change of the activation's data, and before
    /// acknowledging a report that other grains will not repeat.
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
                // The directory is ahead of this node: it may know of a death that this node has not read yet.
                Volatile.Read(ref _demand).TrySetResult();
                if (left <= TimeSpan.Zero || await Task.WhenAny(reading, Task.Delay(left, clock)) != reading)
                {
                    throw new SessionException(SessionErrors.LeaseLost);
                }

                continue;
            }

            var others = known.Fenced.Where(other => other.Since <= registered).ToList();
            var wait = others.Select(Remaining).DefaultIfEmpty().Max();
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            if (left <= TimeSpan.Zero || others.Exists(other => other.IsDead && Remaining(other) > left))
            {
                throw new SessionException(SessionErrors.LeaseLost) { RetryAfter = wait };
            }

            // The dead node's lease may be marked as ended before that, and the members read the change.
            await Task.WhenAny(reading, Task.Delay(wait < left ? wait : left, clock));
        }
    }

    /// <summary>
    /// Whether a member that is not dead may have activations and a lease. One that joins has no activations yet, one that leaves may have
    /// gone without a word, and silos of others never have a lease.
    /// </summary>
    private bool MayAnswer(LeaseMember member, long now) =>
        member is { IsOver: false, Length: { } lease }
        && (
            member.Status == SiloStatus.Active
            || (
                member.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping
                && clock.GetElapsedTime(_seen[member.Silo].Since, now) <= lease + s_margin
            )
        );

    private TimeSpan Remaining(Other other) => clock.GetElapsedTime(clock.GetTimestamp(), other.FencedUntil);

    private long After(long moment, TimeSpan time) => moment + (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>When a count of renewals was first seen, and since when every reading showed the same count.</summary>
    private sealed record Seen(long Renewals, long Since, long? SilentSince);

    /// <summary>
    /// A dead node whose lease may still run, or a member that may not have read a change, and the first version of the membership that may
    /// include the death or the change. A member has read it when it has renewed its lease <paramref name="ReadAt"/> times.
    /// </summary>
    private sealed record Other(SiloAddress Silo, long Since, long FencedUntil, long? ReadAt = null)
    {
        public bool IsDead => ReadAt is null;

        /// <summary>Whether a reading with this member changes nothing.</summary>
        public bool IsFencedAfter(LeaseMember member) => !member.IsOver && (ReadAt is null || member.Renewals < ReadAt);
    }

    private sealed record Knowledge(long Version, long Epoch, ImmutableArray<Other> Fenced)
    {
        public ImmutableArray<(SiloAddress Silo, SiloStatus Status)> Members { get; init; } = [];

        /// <summary>Whether the parts of the directory, which active members have, are others in this reading.</summary>
        public bool HasOtherPartsThan(LeaseReading reading) =>
            !Members
                .Where(member => member.Status == SiloStatus.Active)
                .Select(member => member.Silo)
                .ToHashSet()
                .SetEquals(reading.Members.Where(member => member.Status == SiloStatus.Active).Select(member => member.Silo));

        /// <summary>When this node read the last change of the members.</summary>
        public long ChangedAt { get; init; }

        public bool IsSettling { get; init; }
    }
}
