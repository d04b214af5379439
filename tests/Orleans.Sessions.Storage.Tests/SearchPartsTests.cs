using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// A search that finds its rows in parts answers what one condition answers, whatever is searched for, and a row of several parts comes
/// once. The values are few, so that most rows are in several parts, and many rows have the same date.
/// </summary>
public abstract class SearchPartsTests(TestStore store)
{
    private const int Rows = 60;
    private const int Searches = 300;
    private static readonly string[] s_users = ["u1", "u2", "u3", "none"];
    private static readonly string[] s_organizations = ["o1", "o2", "o3", "none"];
    private static readonly string[] s_agents = ["f1", "f2", "none"];

    [Fact]
    public async Task Sessions_are_those_of_one_condition()
    {
        await using var service = store.NewService();
        var random = new Random(1);
        for (var i = 0; i < Rows; i++)
        {
            await service.SessionAsync($"{i}", Session(random));
        }

        for (var i = 0; i < Searches; i++)
        {
            var visibility = AnyVisibility(random);
            var query = new SessionQuery
            {
                Filters = Some(random, 3, () => AnyFilter(random)),
                Ascending = random.Next(2) == 0,
                Offset = random.Next(4) * random.Next(6),
                Limit = random.Next(1, 12),
            };
            var sql = Query(service);
            var from = $"from session_state where service_id = @service and {SessionConditions.Of(query, visibility, sql)}";
            var direction = query.Ascending ? "asc" : "desc";
            var (ids, total) = await PlainAsync(
                service,
                sql,
                from,
                $"created_at {direction}, grain_key {direction}",
                query.Offset,
                query.Limit
            );

            var page = await service.Sessions.SearchAsync(query, visibility, TestContext.Current.CancellationToken);

            var what = $"search {i}: {from} for {visibility}, {query}";
            Assert.True(ids.SequenceEqual(TestService.IdsOf(page.Rows.Select(row => row.Payload))), what);
            Assert.True(total == page.Total, what);
            Assert.True(total == await service.Sessions.CountAsync(query, visibility, TestContext.Current.CancellationToken), what);
        }
    }

    [Fact]
    public async Task Users_are_those_of_one_condition()
    {
        await using var service = store.NewService();
        var random = new Random(2);
        for (var i = 0; i < Rows; i++)
        {
            await service.UserAsync($"u{i}", User(random, i));
        }

        for (var i = 0; i < Searches; i++)
        {
            var visibility = AnyVisibility(random);
            var query = new UserQuery
            {
                Filters = Some(random, 3, () => AnyUserFilter(random, 2)),
                SortBy = random.Next(2) == 0 ? UserSortField.CreationDate : UserSortField.NickName,
                Ascending = random.Next(2) == 0,
                Offset = random.Next(4) * random.Next(6),
                Limit = random.Next(1, 12),
            };
            var sql = Query(service);
            var from = $"from user_state where service_id = @service and state <> 3 and {UserConditions.Of(query, visibility, sql)}";
            var column = query.SortBy == UserSortField.NickName ? "nick_name_key" : "created_at";
            var (ids, total) = await PlainAsync(
                service,
                sql,
                from,
                query.Ascending ? $"{column} asc nulls last, user_id asc" : $"{column} desc nulls first, user_id desc",
                query.Offset,
                query.Limit
            );

            var page = await service.Users.SearchAsync(query, visibility, TestContext.Current.CancellationToken);

            var what = $"search {i}: {from} for {visibility}, {query}";
            Assert.True(ids.SequenceEqual(TestService.IdsOf(page.Rows)), what);
            Assert.True(total == page.Total, what);
            Assert.True(total == await service.Users.CountAsync(query, visibility, TestContext.Current.CancellationToken), what);
        }
    }

    private static async Task<(string[] Ids, long Total)> PlainAsync(
        TestService service,
        SqlQuery sql,
        string from,
        string order,
        long offset,
        int limit
    )
    {
        var payloads = await sql.ReadAsync(
            service.Database,
            $"select payload {from} order by {order} limit {limit} offset {offset}",
            row => (ReadOnlyMemory<byte>)row.GetFieldValue<byte[]>(0),
            TestContext.Current.CancellationToken
        );
        var total = await sql.CountAsync(service.Database, $"select 1 {from}", TestContext.Current.CancellationToken);
        return (TestService.IdsOf(payloads), total);
    }

    private static SqlQuery Query(TestService service) => new SqlQuery().With("service", service.ServiceId);

    private static JsonObject Session(Random random)
    {
        var created = random.Next(1, 20);
        return new()
        {
            ["userId"] = Maybe(random, s_users),
            ["organizationId"] = Maybe(random, s_organizations),
            ["creatorId"] = Maybe(random, s_users),
            ["fingerprintId"] = Maybe(random, s_agents),
            ["createdAt"] = created,
            ["expiresAt"] = Later(random, created),
            ["expiryPublishedAt"] = Later(random, created),
            ["endedAt"] = Later(random, created),
        };
    }

    private static int? Later(Random random, int created) => random.Next(2) == 0 ? null : created + random.Next(1, 10);

    private static JsonObject User(Random random, int i)
    {
        string name = $"name{i}",
            mail = $"Mail{i % 20}";
        return new()
        {
            ["state"] = (int)(random.Next(5) == 0 ? UserState.Deleted : UserState.Active),
            ["organizationId"] = Any(random, s_organizations),
            ["createdAt"] = random.Next(1, 20),
            ["loginName"] = name,
            ["loginNameKey"] = name,
            ["userName"] = name,
            ["nickName"] = Maybe(random, s_agents),
            ["email"] = mail,
        };
    }

    /// <summary>The organizations of some callers are too many for parts of their own.</summary>
    private static Visibility AnyVisibility(Random random)
    {
        var others = Enumerable.Range(0, random.Next(4) == 0 ? SearchPart.MaxOrganizations : 0).Select(i => $"other{i}");
        return new()
        {
            Everything = random.Next(4) == 0,
            CallerId = random.Next(6) == 0 ? "" : Any(random, s_users),
            AgentId = Maybe(random, s_agents),
            Organizations = [.. Some(random, 3, () => Any(random, s_organizations)), .. others],
        };
    }

    private static SessionFilter AnyFilter(Random random)
    {
        return random.Next(8) switch
        {
            0 => new SessionFilter.Ids(Some(random, 20, () => $"{random.Next(Rows + 10)}")),
            1 => new SessionFilter.User(Any(random, s_users)),
            2 => new SessionFilter.Creator(Any(random, s_users)),
            3 => new SessionFilter.Fingerprint(Any(random, s_agents)),
            4 or 5 => new SessionFilter.Created(Date(), AnyComparison()),
            6 => new SessionFilter.Expires(Date(), AnyComparison()),
            _ => new SessionFilter.InState(Any(random, [SessionState.Active, SessionState.Expired, SessionState.Terminated]), Date()),
        };

        DateTimeOffset Date() => Instant.FromMicroseconds(random.Next(1, 25));

        Comparison AnyComparison() =>
            Any(random, [Comparison.Equals, Comparison.Greater, Comparison.GreaterOrEquals, Comparison.Less, Comparison.LessOrEquals]);
    }

    private static UserFilter AnyUserFilter(Random random, int depth)
    {
        return random.Next(depth > 0 ? 10 : 6) switch
        {
            0 => new UserFilter.Ids(Some(random, 10, () => $"u{random.Next(Rows + 10)}")),
            1 => new UserFilter.Text(UserTextField.LoginName, $"name{random.Next(Rows)}", TextMethod.Equals),
            2 => new UserFilter.Text(UserTextField.Email, $"mail{random.Next(20)}", TextMethod.EqualsIgnoreCase),
            3 => new UserFilter.Organization(Any(random, s_organizations)),
            4 => new UserFilter.Text(UserTextField.NickName, "f", TextMethod.StartsWith),
            5 => new UserFilter.Text(UserTextField.UserName, "NAME1", TextMethod.StartsWithIgnoreCase),
            6 or 7 => new UserFilter.Or(Parts()),
            8 => new UserFilter.And(Parts()),
            _ => new UserFilter.Not(AnyUserFilter(random, depth - 1)),
        };

        ImmutableArray<UserFilter> Parts() => Some(random, 4, () => AnyUserFilter(random, depth - 1));
    }

    private static ImmutableArray<T> Some<T>(Random random, int most, Func<T> any) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => any())];

    private static T Any<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static string? Maybe(Random random, string[] values) => random.Next(4) == 0 ? null : Any(random, values);

    public sealed class OnSqlite(SqliteStore store) : SearchPartsTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : SearchPartsTests(store);
}
