using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Tests.Cluster.Model.Harness;

namespace Orleans.Sessions.Tests.Cluster.Model;

/// <summary>
/// Every loss of links between up to five nodes: the votes of the runtime, by both ends or by one, in many orders, and the reports of
/// witnesses of broken links, until nothing changes any more. The tests check which nodes are out then, and which nodes stay.
/// </summary>
public sealed class LossModelTests
{
    private const int Orders = 12;

    public static TheoryData<int> Sizes => [3, 4, 5];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void One_broken_link_takes_the_younger_of_its_two_ends(int nodes)
    {
        foreach (var (older, younger) in Pairs(nodes))
        {
            All(nodes, [(older, younger)], stay => Assert.Equal(Enumerable.Range(0, nodes).Except([younger]), stay));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Of_two_parts_the_larger_one_stays_whole(int nodes)
    {
        for (var part = 1; part < (1 << nodes) - 1; part++)
        {
            var members = Enumerable.Range(0, nodes).ToLookup(node => ((part >> node) & 1) == 1);
            var (larger, smaller) = (members[true].ToList(), members[false].ToList());
            if (larger.Count > smaller.Count)
            {
                All(nodes, [.. larger.SelectMany(one => smaller.Select(other => (one, other)))], stay => Assert.Equal(larger, stay));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Whatever_is_lost_never_more_go_than_a_minority_if_a_majority_reaches_each_other(int nodes)
    {
        var pairs = Pairs(nodes).ToList();
        for (var lost = 0; lost < 1 << pairs.Count; lost++)
        {
            var broken = pairs.Where((_, i) => ((lost >> i) & 1) == 1).ToList();
            var largest = Subsets(nodes)
                .Where(set => broken.TrueForAll(pair => !set.Contains(pair.One) || !set.Contains(pair.Other)))
                .Max(set => set.Count);
            if (largest > nodes / 2)
            {
                All(nodes, broken, stay =>
                    Assert.True(stay.Count > nodes / 2, $"Without {string.Join(' ', broken)} only {string.Join(' ', stay)} stay.")
                );
            }
        }
    }

    private static IEnumerable<(int One, int Other)> Pairs(int nodes) =>
        Enumerable.Range(0, nodes).SelectMany(one => Enumerable.Range(one + 1, nodes - one - 1).Select(other => (one, other)));

    private static IEnumerable<List<int>> Subsets(int nodes) =>
        Enumerable.Range(0, 1 << nodes).Select(set => Enumerable.Range(0, nodes).Where(node => ((set >> node) & 1) == 1).ToList());

    private static void All(int nodes, List<(int One, int Other)> broken, Action<List<int>> check)
    {
        for (var order = 0; order < Orders; order++)
        {
            check(new Loss(nodes, broken, new Random(order)).StayingMembers());
        }
    }

    /// <summary>A cluster that has lost links for good. Nodes are numbered by age: 0 is the oldest.</summary>
    private sealed class Loss(int nodes, List<(int One, int Other)> broken, Random dice)
    {
        private const int MaxVotes = 5;
        private const int QuietLooks = 15;

        /// <summary>Within this number of looks, the time of one probe, all nodes notice their lost links.</summary>
        private const int LooksOfProbe = 4;

        private static readonly TimeSpan s_glance = TimeSpan.FromSeconds(0.2);

        private readonly FakeTimeProvider _clock = new();
        private readonly HashSet<int> _active = [.. Enumerable.Range(0, nodes)];
        private readonly Dictionary<(int By, int Against), int> _votes = [];
        private readonly Dictionary<(int By, int Against), int> _foundIn = broken
            .SelectMany(pair => Ends(pair, dice))
            .ToDictionary(vote => vote, _ => dice.Next(LooksOfProbe));

        private BrokenLinks[] _links = [];
        private int _time;

        public List<int> StayingMembers()
        {
            _links = [.. Enumerable.Range(0, nodes).Select(_ => new BrokenLinks(_clock))];
            LookAll();
            for (var (look, quiet) = (0, 0); quiet < QuietLooks; look++, quiet++)
            {
                var before = _active.Count;
                Vote([.. _foundIn.Where(found => found.Value <= look).Select(found => found.Key)]);
                _clock.Advance(s_glance);
                LookAll();
                quiet = _active.Count < before ? 0 : quiet;
            }

            return [.. _active.Order()];
        }

        /// <summary>A node that cannot reach a member votes against it. The vote that completes the majority removes the member.</summary>
        private void Vote((int By, int Against)[] votes)
        {
            dice.Shuffle(votes);
            foreach (var vote in votes.Where(vote => _active.Contains(vote.By) && _active.Contains(vote.Against)))
            {
                _votes[vote] = ++_time;
                var majority = Math.Min(MaxVotes, (_active.Count + 1) / 2);
                if (_votes.Keys.Count(other => other.Against == vote.Against && _active.Contains(other.By)) >= majority)
                {
                    _active.Remove(vote.Against);
                }
            }
        }

        private void LookAll()
        {
            foreach (var node in _active.ToArray().OrderBy(_ => dice.Next()).Where(_active.Contains))
            {
                if (_links[node].Note(Reading(), Silo(node)) is { } loser)
                {
                    _active.Remove(loser.Generation);
                }
            }
        }

        private LeaseReading Reading() =>
            new(
                true,
                1,
                [
                    .. _active.Select(node => new LeaseMember(
                        Silo(node),
                        SiloStatus.Active,
                        ++_time,
                        TimeSpan.FromSeconds(3),
                        IsOver: false
                    )
                    {
                        Votes =
                        [
                            .. _votes
                                .Where(vote => vote.Key.Against == node)
                                .Select(vote => new DeathVote(Silo(vote.Key.By), vote.Value.ToString(CultureInfo.InvariantCulture))),
                        ],
                    }),
                ]
            );

        /// <summary>Who finds out: both ends, or the one that hears nothing.</summary>
        private static (int By, int Against)[] Ends((int One, int Other) pair, Random dice) =>
            dice.Next(3) switch
            {
                0 => [pair],
                1 => [(pair.Other, pair.One)],
                _ => [pair, (pair.Other, pair.One)],
            };

        private static SiloAddress Silo(int node) => SiloAddress.New(IPAddress.Loopback, 1, node);
    }
}
