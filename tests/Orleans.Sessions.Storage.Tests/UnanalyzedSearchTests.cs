using System.Data.Common;
using Npgsql;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// PostgreSQL's searches read few blocks of large tables without statistics, and find what one condition finds. The measure is blocks and
/// not time, so that the machine does not matter.
/// </summary>
public sealed class UnanalyzedSearchTests(PostgreSqlStore store)
{
    private const int Rows = 20_000;
    private const int Limit = 10;

    /// <summary>
    /// The limit for a page. A search has up to 23 places in indexes (user, creator, user agent, 20 organizations), each three blocks deep.
    /// Its four parts read up to 20 rows each, because the second page has 10 rows before it. The users of the page are 10 rows, again
    /// three blocks deep. This makes 179. All sessions have 1,000 blocks, and reading them by a wrong index takes up to 20,000.
    /// </summary>
    private const int MaxBlocks = 200;

    /// <summary>An id is looked up: three blocks of the index and one of the table.</summary>
    private const int MaxBlocksOfId = 4;

    private static readonly Visibility s_everything = new() { Everything = true };

    private static readonly Visibility[] s_visibilities =
    [
        new() { CallerId = "u1" },
        new() { CallerId = "login" },
        new() { CallerId = "nobody" },
        new() { CallerId = "u1", AgentId = "f1" },
        new() { CallerId = "nobody", AgentId = "f2" },
        new() { CallerId = "nobody", Organizations = ["o1"] },
        new()
        {
            CallerId = "u1",
            AgentId = "f2",
            Organizations = ["o1", "o2"],
        },
        new()
        {
            CallerId = "login",
            AgentId = "f1",
            Organizations = [.. Numbered("o", SearchPart.MaxOrganizations)],
        },
        new() { CallerId = "nobody", Organizations = [.. Numbered("o", SearchPart.MaxOrganizations + 5)] },
    ];

    [Fact]
    public async Task A_search_of_sessions_reads_few_blocks_and_finds_the_same()
    {
        await using var service = await NewServiceAsync();
        List<string> wrong = [];
        foreach (var (query, visibility) in SessionSearches())
        {
            SqlQuery page = Query(service),
                matching = Query(service),
                plain = Query(service);
            await CheckAsync(
                service,
                wrong,
                $"{string.Join(", ", query.Filters)}, ascending: {query.Ascending}, offset: {query.Offset}, for {NameOf(visibility)}",
                (page, SessionDirectory.Page(query, visibility, page)),
                (matching, SessionDirectory.Matching(query, visibility, matching)),
                (plain, $"from session_state where service_id = @service and {SessionConditions.Of(query, visibility, plain)}"),
                (query.Ascending ? "created_at, grain_key" : "created_at desc, grain_key desc", query.Offset),
                MaxBlocksOfId * query.Filters.OfType<SessionFilter.Ids>().Sum(ids => ids.Values.Length)
            );
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(["0"], await service.RowsAsync("select count(*) from pg_stats where tablename like '%_state'"));
    }

    [Fact]
    public async Task A_search_of_users_reads_few_blocks_and_finds_the_same()
    {
        await using var service = await NewServiceAsync();
        var directory = (UserDirectory)service.Users;
        List<string> wrong = [];
        foreach (var (query, visibility) in UserSearches())
        {
            SqlQuery page = Query(service),
                matching = Query(service),
                plain = Query(service);
            var condition = UserConditions.Of(query, visibility, plain);
            await CheckAsync(
                service,
                wrong,
                $"{string.Join(", ", query.Filters)}, ascending: {query.Ascending}, offset: {query.Offset}, for {NameOf(visibility)}",
                (page, directory.Page(query, visibility, page)),
                (matching, directory.Matching(query, visibility, matching)),
                (plain, $"from user_state where service_id = @service and state <> 3 and {condition}"),
                (query.Ascending ? "created_at, user_id" : "created_at desc, user_id desc", query.Offset),
                more: 0
            );
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>
    /// Checks the blocks and the rows of a page, and those of its total. For the total, each match may cost one block of the table and,
    /// generously, one of the index, up to the number from which on totals are estimated.
    /// </summary>
    private static async Task CheckAsync(
        TestService service,
        List<string> wrong,
        string name,
        (SqlQuery Sql, string Text) page,
        (SqlQuery Sql, string Text) matching,
        (SqlQuery Sql, string From) plain,
        (string By, long Offset) order,
        int more
    )
    {
        var ids = TestService.IdsOf(await ReadAsync(service, page.Sql, page.Text, Payload));
        var rows = $"select payload {plain.From} order by {order.By} limit {Limit} offset {order.Offset}";
        var expected = TestService.IdsOf(await ReadAsync(service, plain.Sql, rows, Payload));
        if (!ids.SequenceEqual(expected))
        {
            wrong.Add($"{name}: finds {string.Join(' ', ids)} and not {string.Join(' ', expected)}");
        }

        const int Most = Totals.ExactUpTo + 1;
        var few = $"select count(*) from ({matching.Text} limit {Most}) counted";
        var total = await ReadAsync(service, matching.Sql, few, row => row.GetInt64(0));
        var all = await ReadAsync(service, plain.Sql, $"select count(*) {plain.From}", row => row.GetInt64(0));
        if (total[0] != Math.Min(all[0], Most))
        {
            wrong.Add($"{name}: counts {total[0]} of {all[0]}");
        }

        await AddBlocksAsync(page.Sql, page.Text, MaxBlocks + more, "the page");
        await AddBlocksAsync(matching.Sql, few, MaxBlocks + more + (2 * total[0]), "the total");

        async Task AddBlocksAsync(SqlQuery sql, string text, long max, string what)
        {
            var plans = await ReadAsync(service, sql, $"{GrownTables.Explain} {text}", row => row.GetString(0));
            var blocks = GrownTables.Blocks(plans.Single());
            if (blocks > max)
            {
                wrong.Add($"{name}: {what} reads {blocks} blocks, and {max} are enough\n{plans.Single()}");
            }
        }
    }

    /// <summary>Searches with many matches, few or none, for callers who see all, a part or nothing.</summary>
    private static IEnumerable<(SessionQuery Query, Visibility Visibility)> SessionSearches()
    {
        SessionFilter.User one = new("u1");
        SessionFilter.Creator login = new("login"),
            nobody = new("nobody");
        SessionFilter.Fingerprint agent = new("f1");
        SessionFilter.Ids ids = new(["1", "2", "none", .. Numbered("", 100)]);
        SessionFilter.Created early = new(Instant.FromMicroseconds(31), Comparison.Less),
            late = new(Instant.FromMicroseconds(Rows - 30), Comparison.GreaterOrEquals);
        SessionFilter.Expires alive = new(Instant.FromMicroseconds(Rows), Comparison.Greater);
        SessionFilter.InState terminated = new(SessionState.Terminated, DateTimeOffset.UnixEpoch),
            active = new(SessionState.Active, DateTimeOffset.UnixEpoch);
        SessionFilter[][] filters =
        [
            [],
            [ids],
            [ids, login],
            [ids, early],
            [one],
            [one, login],
            [one, agent, late],
            [new SessionFilter.User("nobody")],
            [login],
            [nobody],
            [login, early],
            [login, agent],
            [login, alive],
            [agent],
            [new SessionFilter.Fingerprint("nothing")],
            [early],
            [late],
            [early, late],
            [new SessionFilter.Created(Instant.FromMicroseconds(500), Comparison.Equals)],
            [alive],
            [active],
            [terminated],
            [terminated, active],
            [terminated, new SessionFilter.User("u0")],
            [terminated, nobody],
            [terminated, early],
        ];
        foreach (var filter in filters)
        {
            yield return (Of(filter), s_everything);
            yield return (Of(filter) with { Ascending = true, Offset = Limit }, s_everything);
        }

        SessionFilter[][] others =
        [
            [],
            [ids],
            [one],
            [login],
            [agent],
            [early],
            [late],
            [active],
            [one, login, active],
        ];
        foreach (var visibility in s_visibilities)
        {
            foreach (var filter in others)
            {
                yield return (Of(filter) with { Offset = Limit }, visibility);
                yield return (Of(filter) with { Ascending = true }, visibility);
            }
        }

        static SessionQuery Of(SessionFilter[] chosen) => new() { Filters = [.. chosen], Limit = Limit };
    }

    private static IEnumerable<(UserQuery Query, Visibility Visibility)> UserSearches()
    {
        UserFilter.Text login = new(UserTextField.LoginName, "name1", TextMethod.EqualsIgnoreCase),
            name = new(UserTextField.UserName, "name1", TextMethod.EqualsIgnoreCase),
            email = new(UserTextField.Email, "e31", TextMethod.EqualsIgnoreCase),
            phone = new(UserTextField.Phone, "+1", TextMethod.Equals);
        UserFilter.Organization organization = new("o1");
        UserFilter[][] filters =
        [
            [],
            [new UserFilter.Ids(["u1", "nobody"])],
            [login],
            [name],
            [email],
            [phone],
            [new UserFilter.Emails(["e1", "none"])],
            [organization],
            [organization, email],
            [new UserFilter.Organization("none")],
            [new UserFilter.Or([login, email, name, phone])],
            [new UserFilter.Or([new UserFilter.And([email, organization]), new UserFilter.Or([name])]), organization],
        ];
        foreach (var filter in filters)
        {
            foreach (var visibility in s_visibilities.Prepend(s_everything))
            {
                var query = new UserQuery { Filters = [.. filter], Limit = Limit };
                yield return (query with { Ascending = true }, visibility);
                yield return (query with { Offset = filter.Length == 0 ? Limit : 0 }, visibility);
            }
        }
    }

    private async Task<TestService> NewServiceAsync()
    {
        var service = await GrownTables.NewServiceAsync(store);
        await using var connection = (NpgsqlConnection)
            await service.Database.Sessions.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await GrownTables.FillAsync(connection, service.ServiceId, 1, Rows);
        return service;
    }

    private static SqlQuery Query(TestService service) => new SqlQuery().With("service", service.ServiceId).Within(TimeSpan.FromMinutes(1));

    private static Task<List<T>> ReadAsync<T>(TestService service, SqlQuery sql, string text, Func<DbDataReader, T> read) =>
        sql.ReadAsync(service.Database, text, read, TestContext.Current.CancellationToken);

    private static ReadOnlyMemory<byte> Payload(DbDataReader row) => row.GetFieldValue<byte[]>(0);

    private static IEnumerable<string> Numbered(string prefix, int count) => Enumerable.Range(0, count).Select(i => $"{prefix}{i}");

    private static string NameOf(Visibility visibility) =>
        $"{visibility.Everything} {visibility.CallerId} {visibility.AgentId} {visibility.Organizations.Length}";
}
