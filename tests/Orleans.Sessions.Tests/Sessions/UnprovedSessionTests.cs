using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>Anybody who knows a login name can begin a session. It need not live long, or stand in the person's list.</summary>
[Collection(nameof(StoredCluster))]
public sealed class UnprovedSessionTests(StoredCluster cluster)
{
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_session_without_a_factor_ends_early_and_says_when()
    {
        var (id, _) = await cluster.NewSessionAsync(create => create with { UnprovedLifetime = s_bound, Lifetime = TimeSpan.FromDays(1) });
        Assert.Equal(cluster.Clock.GetUtcNow() + s_bound, (await cluster.GetAsync(id)).ExpirationDate);
        cluster.Clock.Advance(s_bound);
        Assert.Equal(SessionState.Expired, (await cluster.GetAsync(id)).State);
        await FailsAsync(SessionErrors.SessionExpired, () => cluster.SetAsync(id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(30)]
    public async Task A_proved_factor_lets_it_live_as_long_as_it_asked_for(int? idleMinutes)
    {
        var user = await cluster.NewUserAsync();
        var (id, _) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = SessionChangeTests.User(user),
                UnprovedLifetime = s_bound,
                IdleTimeout = idleMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
                Lifetime = TimeSpan.FromDays(1),
            }
        );
        var day = cluster.Clock.GetUtcNow().AddDays(1);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        await cluster.SetAsync(id, set => set with { Checks = new Checks { Password = StoredCluster.Password } });

        var expected = idleMinutes is { } idle ? cluster.Clock.GetUtcNow().AddMinutes(idle) : day;
        Assert.Equal(expected, (await cluster.GetAsync(id)).ExpirationDate);
    }

    [Fact]
    public async Task A_search_finds_what_is_proved_only()
    {
        var user = await cluster.NewUserAsync();
        var (begun, _) = await cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) });
        var (proved, _) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = SessionChangeTests.User(user) with { Password = StoredCluster.Password },
            }
        );
        Assert.Equal([proved], await FindAsync(new SessionFilter.User(user), new SessionFilter.Proved(true)));
        Assert.Equal([begun], await FindAsync(new SessionFilter.User(user), new SessionFilter.Proved(false)));
        Assert.Equal([proved], await FindAsync(new SessionFilter.Ids([begun, proved]), new SessionFilter.Proved(true)));
        await FailsAsync(SessionErrors.ProvedQueryAlone, () => FindAsync(new SessionFilter.Proved(true)));
    }

    private async Task<IEnumerable<string>> FindAsync(params SessionFilter[] filters)
    {
        var search = cluster.Grains.GetGrain<ISessionSearchGrain>(0);
        return (await search.SearchAsync(Caller.InCluster, new SessionQuery { Filters = [.. filters] })).Sessions.Select(found => found.Id);
    }
}
