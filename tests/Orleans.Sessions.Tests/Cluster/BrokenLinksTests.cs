using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Tests.Cluster;

/// <summary>If two members cannot reach each other, one of them leaves. No more members leave than necessary.</summary>
public sealed class BrokenLinksTests
{
    private static readonly TimeSpan s_glance = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(0.8);

    // The older silo comes first.
    private static readonly SiloAddress s_old = Silo(1);
    private static readonly SiloAddress s_middle = Silo(2);
    private static readonly SiloAddress s_young = Silo(3);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly BrokenLinks _links;
    private readonly Dictionary<(SiloAddress By, SiloAddress Against), int> _votes = [];
    private readonly HashSet<SiloAddress> _silent = [];
    private SiloAddress[] _members = [s_old, s_middle, s_young];
    private int _renewals = 1;

    public BrokenLinksTests() => _links = new BrokenLinks(_clock);

    [Fact]
    public void The_younger_of_two_that_do_not_reach_each_other_goes_when_nothing_else_is_found_for_a_while()
    {
        Assert.Null(Look(s_old));
        Break(s_middle, s_young);

        Assert.Null(Look(s_old));
        Assert.False(_links.AreNone);
        _clock.Advance(s_glance);
        Assert.Null(Look(s_old));
        _clock.Advance(s_settled);
        Assert.Equal(s_young, Look(s_old));
    }

    [Fact]
    public void Only_a_member_that_reaches_both_says_so()
    {
        foreach (var self in new[] { s_middle, s_young })
        {
            var links = new BrokenLinks(_clock);
            links.Note(Reading(), self);
            Break(s_middle, s_young);
            links.Note(Reading(), self);
            _clock.Advance(s_settled);

            Assert.Null(links.Note(Reading(), self));
        }
    }

    [Fact]
    public void Where_nobody_reaches_both_nobody_says_so()
    {
        Look(s_old);
        Break(s_old, s_young);
        Break(s_middle, s_young);

        Assert.All(Enumerable.Repeat(s_glance, 6), _ => Assert.Null(LookAfter(s_glance)));
    }

    [Fact]
    public void One_end_that_says_so_again_is_enough()
    {
        Look(s_old);
        Vote(s_middle, s_young);
        Look(s_old);
        Assert.Null(LookAfter(s_settled));

        Vote(s_middle, s_young);

        Assert.Equal(s_young, LookAfter(s_glance));
    }

    [Fact]
    public void Who_does_not_renew_its_lease_is_no_end_of_a_broken_link()
    {
        _silent.Add(s_middle);
        Look(s_old);
        _clock.Advance(TimeSpan.FromSeconds(1.5));

        for (var i = 0; i < 6; i++)
        {
            Vote(s_young, s_middle);
            Assert.Null(LookAfter(s_glance));
        }
    }

    [Fact]
    public void Who_is_cut_off_from_most_takes_itself_out()
    {
        _links.Note(Reading(), s_young);
        Break(s_old, s_young);
        Break(s_middle, s_young);
        _links.Note(Reading(), s_young);
        _clock.Advance(s_settled);

        Assert.Equal(s_young, _links.Note(Reading(), s_young));
    }

    [Fact]
    public void Who_has_not_looked_for_a_while_takes_nobody_out()
    {
        Look(s_old);
        Break(s_middle, s_young);
        Look(s_old);

        Assert.Null(LookAfter(TimeSpan.FromSeconds(3.1)));
        Assert.True(_links.AreNone);
    }

    [Fact]
    public void Votes_that_were_there_before_this_node_looked_may_be_over()
    {
        Break(s_middle, s_young);

        Assert.All(Enumerable.Repeat(s_glance, 6), _ => Assert.Null(LookAfter(s_glance)));

        Break(s_middle, s_young);
        Look(s_old);
        Assert.Equal(s_young, LookAfter(s_settled));
    }

    [Fact]
    public void Votes_of_who_is_not_there_any_more_do_not_count()
    {
        Look(s_old);
        Break(s_middle, s_young);
        Look(s_old);
        _members = [s_old, s_middle];

        Assert.Null(LookAfter(s_settled));
        Assert.True(_links.AreNone);
    }

    private static SiloAddress Silo(int generation) => SiloAddress.New(IPAddress.Loopback, 1, generation);

    private void Break(SiloAddress one, SiloAddress other)
    {
        Vote(one, other);
        Vote(other, one);
    }

    private void Vote(SiloAddress by, SiloAddress against) => _votes[(by, against)] = _votes.GetValueOrDefault((by, against)) + 1;

    private SiloAddress? Look(SiloAddress self) => _links.Note(Reading(), self);

    private SiloAddress? LookAfter(TimeSpan time)
    {
        _clock.Advance(time);
        return Look(s_old);
    }

    private LeaseReading Reading() => new(true, 1, [.. _members.Select(Member)]);

    private LeaseMember Member(SiloAddress silo) =>
        new(silo, SiloStatus.Active, _silent.Contains(silo) ? 1 : ++_renewals, TimeSpan.FromSeconds(3), IsOver: false)
        {
            Votes =
            [
                .. _votes
                    .Where(vote => vote.Key.Against.Equals(silo))
                    .Select(vote => new DeathVote(vote.Key.By, vote.Value.ToString(CultureInfo.InvariantCulture))),
            ],
        };
}
