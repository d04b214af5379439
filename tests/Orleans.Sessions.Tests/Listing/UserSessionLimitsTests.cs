using Orleans.Sessions.Listing;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Listing;

/// <summary>Which sessions of a user end when there are too many.</summary>
public sealed class UserSessionLimitsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly List<SessionRecord> _sessions = [];

    [Fact]
    [Asvs("7.1.2")]
    public void Sessions_that_anybody_can_begin_push_out_none_that_the_person_is_in_with()
    {
        Add(proved: true, count: 3);
        Add(proved: false, count: 20);

        Assert.Equal(["3", "4", "5"], Excess(new SessionOptions { MaxSessionsPerUser = 3 }).Take(3));
        Assert.DoesNotContain(Excess(new SessionOptions { MaxSessionsPerUser = 3 }), id => id is "0" or "1" or "2");
    }

    [Fact]
    public void Of_those_with_a_factor_the_oldest_go_and_those_without_one_do_not_count()
    {
        Add(proved: false, count: 5);
        Add(proved: true, count: 4);

        Assert.Equal(["5"], Excess(new SessionOptions { MaxSessionsPerUser = 3 }));
    }

    [Fact]
    public void A_flood_from_one_place_does_not_end_a_login_that_was_begun_in_another()
    {
        Add(proved: false, count: 1, ip: "198.51.100.1");
        Add(proved: false, count: 5, ip: "203.0.113.7");

        Assert.Equal(["1", "2", "3"], Excess(new SessionOptions { MaxUnprovedSessionsPerUser = 3 }).Order());
    }

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(3, null, 7)]
    [InlineData(3, 0, 0)]
    [InlineData(0, 4, 6)]
    public void The_bound_of_sessions_without_a_factor_follows_the_other_one_unless_it_is_set(int proved, int? unproved, int gone)
    {
        Add(proved: false, count: 10);

        Assert.Equal(gone, Excess(new SessionOptions { MaxSessionsPerUser = proved, MaxUnprovedSessionsPerUser = unproved }).Count());
    }

    private IEnumerable<string> Excess(SessionOptions options) =>
        UserSessionLimits.Excess(_sessions, _sessions[^1], options, s_start.AddDays(1)).Select(session => session.Id);

    private void Add(bool proved, int count, string? ip = null)
    {
        for (var more = 0; more < count; more++)
        {
            var created = s_start.AddSeconds(_sessions.Count);
            var session = new SessionRecord
            {
                Id = $"{_sessions.Count}",
                UserId = "u",
                CreatedAt = created,
                UserAgent = new UserAgent { Ip = ip },
            };
            _sessions.Add(proved ? session.Proved(ProvedFactor.Password, created) : session);
        }
    }
}
