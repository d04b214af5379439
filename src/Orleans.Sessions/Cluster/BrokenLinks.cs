using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Finds members of the cluster that do not reach each other although the other members reach both. No majority votes one of them out, and
/// requests that need both fail. So one of such a pair must leave: the member that has lost more links. If both have lost as many, the
/// younger one must leave, so that an unstable link always removes the same node.
/// <para>
/// A member that does not reach another member votes against it again and again. A link is broken if there are two votes about it. They may
/// come from one end: where messages are lost in one direction, the other end still hears that its peer lives. A member that does not renew
/// its lease has no broken link: it stands still, and a majority votes it out.
/// </para>
/// <para>
/// A witness decides: the oldest member that reaches the member in question and all members that this one does not reach. A member that is
/// cut off from most others removes itself. Otherwise, without a witness, only the votes of a majority decide. The witness waits until no
/// vote has been added for a while, because a member that is cut off from all others loses its links one after the other, and a majority
/// then votes it out.
/// </para>
/// </summary>
/// <param name="clock">This node's clock. The voters' clocks do not matter.</param>
public sealed class BrokenLinks(TimeProvider clock)
{
    /// <summary>
    /// How long a vote counts. A member that still does not reach the other has voted again by then: a probe fails after 0.8 seconds at
    /// most.
    /// </summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long no vote may have been added before a decision. Probes that fail for one reason fail within the time of one probe.
    /// </summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(0.8);

    /// <summary>How soon a member that lives renews its lease. It does so twice a second.</summary>
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(1.5);

    /// <summary>A silo's generation is the time of its start.</summary>
    private static readonly IComparer<SiloAddress> s_byAge = Comparer<SiloAddress>.Create(
        (one, other) => one.Generation != other.Generation ? one.Generation.CompareTo(other.Generation) : one.CompareTo(other)
    );

    private readonly Dictionary<Vote, Cast> _votes = [];
    private readonly Dictionary<SiloAddress, (long Renewals, long SeenAt)> _renewals = [];
    private ImmutableHashSet<Vote> _fresh = [];
    private long? _notedAt;
    private long _freshSince;

    /// <summary>Whether every member reaches every other, as far as this node knows.</summary>
    public bool AreNone => _fresh.IsEmpty;

    /// <summary>Records the votes among the members.</summary>
    /// <param name="reading">The membership.</param>
    /// <param name="self">This node.</param>
    /// <returns>The member that must leave; <c>null</c> if there is none, or if another node decides.</returns>
    public SiloAddress? Note(LeaseReading reading, SiloAddress self)
    {
        var now = clock.GetTimestamp();

        // Votes that existed before this node's first reading may be of any age.
        long? seenAt = _notedAt is { } before && clock.GetElapsedTime(before, now) < s_fresh ? now : null;
        _notedAt = now;
        var active = reading.Members.Where(member => member.Status == SiloStatus.Active).ToDictionary(member => member.Silo);
        Forget(active);
        foreach (var member in active.Values)
        {
            Note(member, active, now, seenAt);
        }

        var fresh = _votes
            .Where(vote => vote.Value.SeenAt is { } at && clock.GetElapsedTime(at, now) < s_fresh)
            .Select(vote => vote.Key)
            .ToImmutableHashSet();
        if (!_fresh.SetEquals(fresh))
        {
            (_fresh, _freshSince) = (fresh, now);
        }

        if (clock.GetElapsedTime(_freshSince, now) < s_settled || Loser(now) is not { } loser)
        {
            return null;
        }

        var isCutOff = loser.Key.Equals(self) && loser.Count() * 2 > active.Count - 1;
        return isCutOff || self.Equals(Witness(loser, active.Keys)) ? loser.Key : null;
    }

    private void Note(LeaseMember member, Dictionary<SiloAddress, LeaseMember> active, long now, long? seenAt)
    {
        if (!_renewals.TryGetValue(member.Silo, out var renewals) || renewals.Renewals != member.Renewals)
        {
            _renewals[member.Silo] = (member.Renewals, now);
        }

        foreach (var (by, time) in member.Votes.Where(vote => active.ContainsKey(vote.By)))
        {
            var vote = new Vote(by, member.Silo);
            var known = _votes.GetValueOrDefault(vote);
            if (known?.Time != time)
            {
                _votes[vote] = new Cast(
                    time,
                    seenAt,
                    seenAt is null ? 0
                        : _fresh.Contains(vote) ? known!.Count + 1
                        : 1
                );
            }
        }
    }

    private void Forget(Dictionary<SiloAddress, LeaseMember> active)
    {
        foreach (var vote in _votes.Keys.Where(vote => !active.ContainsKey(vote.By) || !active.ContainsKey(vote.Against)).ToList())
        {
            _votes.Remove(vote);
        }

        foreach (var silo in _renewals.Keys.Where(silo => !active.ContainsKey(silo)).ToList())
        {
            _renewals.Remove(silo);
        }
    }

    /// <summary>The member that must leave, and the members that it does not reach.</summary>
    private IGrouping<SiloAddress, SiloAddress>? Loser(long now) =>
        _fresh
            .SelectMany(vote => new[] { vote, vote.Turned })
            .Distinct()
            .Where(vote => Count(vote) + Count(vote.Turned) > 1 && IsAlive(vote.By, now) && IsAlive(vote.Against, now))
            .GroupBy(vote => vote.Against, vote => vote.By)
            .OrderByDescending(broken => broken.Count())
            .ThenByDescending(broken => broken.Key, s_byAge)
            .FirstOrDefault();

    private SiloAddress? Witness(IGrouping<SiloAddress, SiloAddress> loser, IEnumerable<SiloAddress> active)
    {
        SiloAddress[] parties = [loser.Key, .. loser];
        return active
            .Except(parties)
            .Where(silo => !parties.Any(party => _fresh.Contains(new(silo, party)) || _fresh.Contains(new(party, silo))))
            .Order(s_byAge)
            .FirstOrDefault();
    }

    private int Count(Vote vote) => _fresh.Contains(vote) ? _votes[vote].Count : 0;

    private bool IsAlive(SiloAddress silo, long now) => clock.GetElapsedTime(_renewals[silo].SeenAt, now) < s_alive;

    private readonly record struct Vote(SiloAddress By, SiloAddress Against)
    {
        public Vote Turned => new(Against, By);
    }

    /// <summary>
    /// A vote's time by its voter's clock, when this node saw it (<c>null</c>: it may be older), and the number of votes so far.
    /// </summary>
    private sealed record Cast(string Time, long? SeenAt, int Count);
}
