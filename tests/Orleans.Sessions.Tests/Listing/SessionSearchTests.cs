using Orleans.Sessions.Tests.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Listing;

[Collection(nameof(StoredCluster))]
public sealed class SessionSearchTests(StoredCluster cluster)
{
    [Fact]
    public async Task Every_change_is_in_the_list_as_soon_as_it_is_answered()
    {
        var user = await cluster.NewUserAsync();
        SessionFilter byUser = new SessionFilter.User(user);
        Assert.Equal(0, (await SearchAsync(byUser)).Total);
        var (id, _) = await cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) });
        Assert.Equal([id], Ids(await SearchAsync(byUser)));
        Assert.True((await SearchAsync(byUser)).IsTotalExact);
        await cluster.SetAsync(id, set => set with { Metadata = SessionChangeTests.Metadata(("a", "1")) });
        Assert.Equal(["a"], (await SearchAsync(byUser)).Sessions.Single().Metadata.Keys);
        await cluster.Session(id).DeleteAsync(Caller.InCluster, null);
        Assert.Equal(0, (await SearchAsync(byUser)).Total);
    }

    [Fact]
    public async Task Index_sessions_and_directory_give_the_same_answer_to_every_filter()
    {
        var user = await cluster.NewUserAsync();
        var ids = new List<string>();
        for (var number = 0; number < 6; number++)
        {
            var lifetime = number % 3 == 0 ? (TimeSpan?)null : TimeSpan.FromMinutes(number);
            var (id, _) = await cluster.NewSessionAsync(create =>
                create with
                {
                    Caller = Caller.InCluster with { UserId = $"creator-{number % 2}" },
                    Checks = SessionChangeTests.User(user),
                    UserAgent = number < 4 ? new UserAgent { FingerprintId = $"{user}-{number % 2}" } : null,
                    Lifetime = lifetime,
                }
            );
            ids.Add(id);
            if (number % 2 == 1)
            {
                cluster.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        await cluster.Session(ids[5]).DeleteAsync(Caller.InCluster, null);
        var middle = (await cluster.GetAsync(ids[2])).CreationDate;
        var expiry = (await cluster.GetAsync(ids[2])).ExpirationDate!.Value;
        SessionFilter[] filters =
        [
            new SessionFilter.Creator("creator-1"),
            new SessionFilter.Fingerprint($"{user}-0"),
            new SessionFilter.User("nobody"),
            .. Enum.GetValues<Comparison>().Select(method => new SessionFilter.Created(middle, method)),
            .. Enum.GetValues<Comparison>().Select(method => new SessionFilter.Expires(expiry, method)),
            new SessionFilter.InState(SessionState.Active, expiry),
            new SessionFilter.InState(SessionState.Expired, expiry),
        ];
        Caller[] callers =
        [
            Caller.InCluster,
            new Caller { UserId = "creator-0" },
            new Caller { UserId = user },
            new Caller { UserId = "stranger" },
            new Caller { UserId = "browser", AgentId = $"{user}-1" },
            CallerWith(Permission.None, OrganizationId, Permission.SessionRead),
            CallerWith(Permission.None, "another-organization", Permission.SessionRead),
        ];
        foreach (var caller in callers)
        {
            foreach (var filter in filters)
            {
                // The search names too many ids for single look-ups, so the directory answers. All three searches therefore get the same
                // query.
                var byIds = new SessionFilter.Ids([.. ids]);
                var byManyIds = new SessionFilter.Ids([.. ids, .. Enumerable.Range(0, 60).Select(number => $"none-{number}")]);
                var fromSessions = await SearchAsync(caller, filter, byIds);
                var fromIndex = await SearchAsync(caller, filter, new SessionFilter.User(user));
                var fromDirectory = await SearchAsync(caller, filter, byManyIds);
                Assert.Equal(Ids(fromDirectory), Ids(fromIndex));
                Assert.Equal(Ids(fromDirectory), Ids(fromSessions));
                Assert.Equal(fromDirectory.Total, fromIndex.Total);
                Assert.Equal(fromDirectory.Total, fromSessions.Total);
                Assert.Equal(fromDirectory.Sessions.Length, fromDirectory.Total);
            }
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap_even_at_the_same_instant()
    {
        var user = await cluster.NewUserAsync();
        for (var number = 0; number < 7; number++)
        {
            await cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) });
        }

        foreach (var ascending in new[] { false, true })
        {
            var pages = new List<string>();
            for (var offset = 0; offset < 9; offset += 3)
            {
                var page = await cluster
                    .Grains.GetGrain<ISessionSearchGrain>(0)
                    .SearchAsync(
                        Caller.InCluster,
                        new SessionQuery
                        {
                            Filters = [new SessionFilter.User(user)],
                            Ascending = ascending,
                            Offset = offset,
                            Limit = 3,
                        }
                    );
                Assert.Equal(7, page.Total);
                pages.AddRange(Ids(page));
            }

            Assert.Equal(7, pages.Distinct().Count());
            Assert.Equal(ascending ? pages.Order(StringComparer.Ordinal) : pages.OrderDescending(StringComparer.Ordinal), pages);
        }
    }

    [Fact]
    public async Task What_may_be_asked_is_limited_wherever_it_is_answered()
    {
        foreach (
            var last in new SessionFilter[]
            {
                new SessionFilter.User("nobody"),
                new SessionFilter.Ids(["none"]),
                new SessionFilter.Creator("nobody"),
            }
        )
        {
            SessionFilter[] most = [.. Enumerable.Repeat(new SessionFilter.Fingerprint("none"), 19), last];
            Assert.Equal(0, (await SearchAsync(most)).Total);
            await FailsAsync(SessionErrors.QueryTooComplex, () => SearchAsync([.. most, last]));
        }

        SessionFilter half = new SessionFilter.Ids([.. Enumerable.Range(0, 500).Select(number => $"none-{number}")]);
        Assert.Equal(0, (await SearchAsync(half, half)).Total);
        await FailsAsync(SessionErrors.QueryTooLong, () => SearchAsync(half, half, new SessionFilter.Ids(["none"])));
    }

    [Fact]
    public async Task The_index_finds_everything_again_after_its_memory_is_lost()
    {
        var user = await cluster.NewUserAsync();
        var (id, _) = await cluster.NewSessionAsync(create => create with { Checks = SessionChangeTests.User(user) });
        await cluster.ForgetAsync();
        Assert.Equal([id], Ids(await SearchAsync(new SessionFilter.User(user))));
    }

    [Fact]
    public async Task A_page_is_limited()
    {
        foreach (var limit in new[] { 0, 1001 })
        {
            await FailsAsync(SessionErrors.LimitExceeded, () =>
                cluster.Grains.GetGrain<ISessionSearchGrain>(0).SearchAsync(Caller.InCluster, new SessionQuery { Limit = limit })
            );
        }
    }

    private Task<SessionPage> SearchAsync(params SessionFilter[] filters) => SearchAsync(Caller.InCluster, filters);

    private Task<SessionPage> SearchAsync(Caller caller, params SessionFilter[] filters) =>
        cluster.Grains.GetGrain<ISessionSearchGrain>(0).SearchAsync(caller, new SessionQuery { Filters = [.. filters] });

    private static IEnumerable<string> Ids(SessionPage page) => page.Sessions.Select(session => session.Id);
}
