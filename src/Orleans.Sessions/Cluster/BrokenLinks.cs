using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Finds members of the cluster that do not reach each other although the other members reach both. No majority votes one of them out, and
/// requests that need both fail. So one of such a pair must leave: the member that does not reach more members. If both are alike, the
/// younger one must leave, so that an unstable link always removes the same node.
/// <para>
/// A member that does not reach another member votes against it again and again. A link is broken if both of its ends vote. A witness
/// decides: the oldest member that reaches the member in question and all members that this one does not reach. A member that is cut off
/// therefore decides nothing. Without a witness only the votes of a majority decide. The witness waits until no vote has been added for a
/// while, because a member that is cut off from all others loses its links one after the other, and a majority then votes it out.
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

    /// <summary>A silo's generation is the time of its start.</summary>
    private static readonly IComparer<SiloAddress> s_byAge = Comparer<SiloAddress>.Create((one, other) =>
        one.Generation != other.Generation ? one.Generation.CompareTo(other.Generation) : one.CompareTo(other));

    private readonly Dictionary<Vote, Cast> _votes = [];
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
        var fresh = ImmutableHashSet.CreateBuilder<Vote>();
        foreach (var against in active.Values)
        {
            foreach (var (by, time) in against.Votes.Where(vote => active.ContainsKey(vote.By)))
            {
                var vote = new Vote(by, against.Silo);
                if (!_votes.TryGetValue(vote, out var cast) || cast.Time != time)
                {
                    _votes[vote] = cast = new Cast(time, seenAt);
                }

                if (cast.SeenAt is { } at && clock.GetElapsedTime(at, now) < s_fresh)
                {
                    fresh.Add(vote);
                }
            }
        }

        if (!_fresh.SetEquals(fresh))
        {
            (_fresh, _freshSince) = (fresh.ToImmutable(), now);
        }

        foreach (var gone in _votes.Keys.Where(vote => !active.ContainsKey(vote.By) || !active.ContainsKey(vote.Against)).ToList())
        {
            _votes.Remove(gone);
        }

        return clock.GetElapsedTime(_freshSince, now) >= s_settled && Loser() is { } loser && self.Equals(Witness(loser, active.Keys))
            ? loser.Key
            : null;
    }

    /// <summary>The member that must leave, with the members that it does not reach.</summary>
    private IGrouping<SiloAddress, SiloAddress>? Loser() => _fresh
        .Where(vote => _fresh.Contains(new Vote(vote.Against, vote.By)))
        .GroupBy(vote => vote.Against, vote => vote.By)
        .OrderByDescending(broken => broken.Count()).ThenByDescending(broken => broken.Key, s_byAge)
        .FirstOrDefault();

    private SiloAddress? Witness(IGrouping<SiloAddress, SiloAddress> loser, IEnumerable<SiloAddress> active)
    {
        SiloAddress[] parties = [loser.Key, .. loser];
        return active
            .Where(silo => !parties.Contains(silo) && !parties.Any(party => _fresh.Contains(new(silo, party)) || _fresh.Contains(new(party, silo))))
            .Order(s_byAge).FirstOrDefault();
    }

    private readonly record struct Vote(SiloAddress By, SiloAddress Against);

    /// <summary>A vote's time by its voter's clock, and when this node saw the vote; <c>null</c> if it may be older.</summary>
    private readonly record struct Cast(string Time, long? SeenAt);
}
