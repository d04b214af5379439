using System.Text.Json.Nodes;
using static Orleans.Sessions.SessionFilter;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Every filter, order, page, total and visibility of a session search.</summary>
public abstract class SessionSearchTests(TestStore store) : IAsyncLifetime
{
    private static readonly Visibility s_everything = new() { Everything = true };

    private readonly TestService _service = store.NewService();

    /// <summary>Five sessions, created at 1, 2, 3, 3 and 5 seconds; a terminated session; and a session of another service.</summary>
    public async ValueTask InitializeAsync()
    {
        await _service.UserAsync(
            "u1",
            new()
            {
                ["loginName"] = "anna@acme",
                ["displayName"] = "Anna A.",
                ["passwordChangedAt"] = 7_000_000,
                ["state"] = 1,
            }
        );
        await SessionAsync("a", 1, user: "u1", organization: "o1", creator: "login", fingerprint: "f1", expires: 10);
        await SessionAsync("b", 2, user: "u1", organization: "o1", creator: "u1", expires: 20);
        await SessionAsync("c", 3, user: "u2", organization: "o2", creator: "login", fingerprint: "f1", published: 31, expires: 30);
        await SessionAsync("d", 3, creator: "login");
        await SessionAsync("e", 5, creator: "other", fingerprint: "f2");
        await SessionAsync("gone", 4, user: "u1", organization: "o1", creator: "login", fingerprint: "f1", expires: 10, ended: 6);
        await using var other = store.NewService();
        await other.SessionAsync("x", new() { ["createdAt"] = 1, ["userId"] = "u1" });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _service.DisposeAsync();
    }

    [Fact]
    public async Task All_that_are_not_terminated_newest_first() => Assert.Equal(["e", "d", "c", "b", "a"], await FindAsync());

    [Theory]
    [InlineData(SessionState.Active, 19, "edcb")]
    [InlineData(SessionState.Active, 20, "edc")]
    [InlineData(SessionState.Expired, 20, "ba")]
    [InlineData(SessionState.Expired, 30, "cba")]
    [InlineData(SessionState.Terminated, 30, "gone")]
    public async Task By_state_at_a_moment(SessionState state, int second, string ids)
    {
        var found = await FindAsync(new InState(state, DateTimeOffset.UnixEpoch.AddSeconds(second)));

        Assert.Equal(ids, string.Concat(found));
    }

    [Fact]
    public async Task Terminated_sessions_are_counted_and_filtered_like_others()
    {
        var terminated = new InState(SessionState.Terminated, DateTimeOffset.UnixEpoch);

        Assert.Equal(1, (await SearchAsync(new SessionQuery { Filters = [terminated], Limit = 1 })).Total);
        Assert.Empty(await FindAsync(terminated, new Fingerprint("f2")));
        Assert.Equal(["gone"], await FindAsync(terminated, new Expires(At(10), Comparison.LessOrEquals)));
        Assert.Empty(await FindAsync(terminated, new Expires(At(10), Comparison.Greater)));
        Assert.Empty(await FindAsync(terminated, new InState(SessionState.Active, DateTimeOffset.UnixEpoch)));
    }

    [Fact]
    public async Task Oldest_first_orders_equal_dates_by_id_in_the_same_direction()
    {
        var page = await SearchAsync(new SessionQuery { Ascending = true });

        Assert.Equal(["a", "b", "c", "d", "e"], Ids(page));
    }

    [Theory]
    [InlineData(0, 2, "ed")]
    [InlineData(2, 2, "cb")]
    [InlineData(4, 2, "a")]
    [InlineData(5, 2, "")]
    [InlineData(50, 2, "")]
    [InlineData(0, 5, "edcba")]
    [InlineData(0, 100, "edcba")]
    [InlineData(3, 100, "ba")]
    public async Task A_page_has_its_rows_and_the_total_of_all(long offset, int limit, string ids)
    {
        var page = await SearchAsync(new SessionQuery { Offset = offset, Limit = limit });

        Assert.Equal(ids, string.Concat(Ids(page)));
        Assert.Equal(5, page.Total);
    }

    [Fact]
    public async Task The_total_counts_what_matches()
    {
        var page = await SearchAsync(
            new SessionQuery
            {
                Filters = [new Creator("login")],
                Limit = 1,
                Offset = 1,
            }
        );

        Assert.Equal(["c"], Ids(page));
        Assert.Equal(3, page.Total);
    }

    [Fact]
    public async Task By_ids() => Assert.Equal(["d", "a"], await FindAsync(new SessionFilter.Ids(["a", "d", "gone", "none", "x"])));

    [Fact]
    public async Task No_ids_match_nothing() => Assert.Empty(await FindAsync(new SessionFilter.Ids([])));

    [Fact]
    public async Task By_user() => Assert.Equal(["b", "a"], await FindAsync(new User("u1")));

    [Fact]
    public async Task By_creator() => Assert.Equal(["d", "c", "a"], await FindAsync(new Creator("login")));

    [Fact]
    public async Task By_fingerprint() => Assert.Equal(["c", "a"], await FindAsync(new Fingerprint("f1")));

    [Fact]
    public async Task All_filters_must_match() => Assert.Equal(["a"], await FindAsync(new User("u1"), new Creator("login")));

    [Theory]
    [InlineData(Comparison.Equals, "dc")]
    [InlineData(Comparison.Greater, "e")]
    [InlineData(Comparison.GreaterOrEquals, "edc")]
    [InlineData(Comparison.Less, "ba")]
    [InlineData(Comparison.LessOrEquals, "dcba")]
    public async Task By_creation_date(Comparison method, string ids) =>
        Assert.Equal(ids, string.Concat(await FindAsync(new Created(At(3), method))));

    [Theory]
    [InlineData(20, Comparison.Equals, "b")]
    [InlineData(20, Comparison.Greater, "edc")]
    [InlineData(20, Comparison.GreaterOrEquals, "edcb")]
    [InlineData(20, Comparison.Less, "a")]
    [InlineData(30, Comparison.LessOrEquals, "cba")]
    public async Task By_expiration_date_where_never_is_later_than_any(int seconds, Comparison method, string ids) =>
        Assert.Equal(ids, string.Concat(await FindAsync(new Expires(At(seconds), method))));

    [Theory]
    [InlineData("u1", null, "", "ba")]
    [InlineData("u2", "f2", "", "ec")]
    [InlineData("login", null, "", "dca")]
    [InlineData("nobody", null, "o1", "ba")]
    [InlineData("nobody", null, "o1,o2", "cba")]
    [InlineData("u2", null, "o1", "cba")]
    [InlineData("nobody", null, "", "")]
    [InlineData("", "", "", "")]
    public async Task Only_what_the_caller_may_see(string caller, string? agent, string organizations, string ids)
    {
        var visibility = new Visibility
        {
            CallerId = caller,
            AgentId = agent,
            Organizations = [.. organizations.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        };

        var page = await _service.Sessions.SearchAsync(new SessionQuery { Limit = 1 }, visibility, default);
        var all = await _service.Sessions.SearchAsync(new SessionQuery(), visibility, default);

        Assert.Equal(ids, string.Concat(Ids(all)));
        Assert.Equal(ids.Length, page.Total);
    }

    [Fact]
    public async Task A_filter_does_not_widen_what_the_caller_may_see()
    {
        var page = await _service.Sessions.SearchAsync(
            new SessionQuery { Filters = [new Creator("login")] },
            new Visibility { CallerId = "u2" },
            default
        );

        Assert.Equal(["c"], Ids(page));
        Assert.Equal(1, page.Total);
    }

    [Fact]
    public async Task A_row_says_what_its_user_is_called_now()
    {
        var page = await SearchAsync(new SessionQuery { Ascending = true, Filters = [new SessionFilter.Ids(["a", "d"])] });

        Assert.Equal(("anna@acme", "Anna A.", At(7)), (page.Rows[0].LoginName, page.Rows[0].DisplayName, page.Rows[0].PasswordChangedAt));
        Assert.Equal((null, null, null), (page.Rows[1].LoginName, page.Rows[1].DisplayName, page.Rows[1].PasswordChangedAt));
    }

    [Fact]
    public async Task Sessions_of_a_user_newest_first_up_to_a_limit()
    {
        Assert.Equal(["b", "a"], Ids(await _service.Sessions.OfUserAsync("u1", 10, default)));
        Assert.Equal(["b"], Ids(await _service.Sessions.OfUserAsync("u1", 1, default)));
    }

    /// <summary>The found sessions. Their number must agree with the total on a first page with one entry.</summary>
    private async Task<string[]> FindAsync(params SessionFilter[] filters)
    {
        var query = new SessionQuery { Filters = [.. filters] };
        var ids = Ids(await SearchAsync(query));
        Assert.Equal(ids.Length, (await SearchAsync(query with { Limit = 1 })).Total);
        return ids;
    }

    private Task<DirectoryPage<SessionRow>> SearchAsync(SessionQuery query) => _service.Sessions.SearchAsync(query, s_everything, default);

    private Task<int?> SessionAsync(
        string id,
        int created,
        string? user = null,
        string? organization = null,
        string? creator = null,
        string? fingerprint = null,
        int? expires = null,
        int? published = null,
        int? ended = null
    ) =>
        _service.SessionAsync(
            id,
            new JsonObject
            {
                ["userId"] = user,
                ["organizationId"] = organization,
                ["creatorId"] = creator,
                ["fingerprintId"] = fingerprint,
                ["createdAt"] = created * 1_000_000L,
                ["expiresAt"] = expires * 1_000_000L,
                ["expiryPublishedAt"] = published * 1_000_000L,
                ["endedAt"] = ended * 1_000_000L,
            }
        );

    private static string[] Ids(DirectoryPage<SessionRow> page) => Ids(page.Rows);

    private static string[] Ids(IEnumerable<SessionRow> rows) => TestService.IdsOf(rows.Select(row => row.Payload));

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    public sealed class OnSqlite(SqliteStore store) : SessionSearchTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : SessionSearchTests(store);
}
