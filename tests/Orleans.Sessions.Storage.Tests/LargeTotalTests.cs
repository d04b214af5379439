using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage.Tests;

public abstract class LargeTotalTests(TestStore store)
{
    private static readonly SessionQuery OneRow = new() { Limit = 1 };

    [Fact]
    public async Task A_total_is_of_this_moment_up_to_a_limit_and_true_beyond_it()
    {
        await using var service = store.NewService();
        await AddAsync(1, TotalCounter.ExactUpTo - 1);
        Assert.Equal(TotalCounter.ExactUpTo - 1, await TotalAsync());

        await AddAsync(TotalCounter.ExactUpTo, TotalCounter.ExactUpTo);
        Assert.Equal(TotalCounter.ExactUpTo, await TotalAsync());

        await AddAsync(TotalCounter.ExactUpTo + 1, TotalCounter.ExactUpTo + 5);
        Assert.Equal(TotalCounter.ExactUpTo + 5, await TotalAsync());
        Assert.Equal(TotalCounter.ExactUpTo + 5, await TotalAsync());
        Assert.Equal(0, await TotalAsync(new SessionFilter.Creator("nobody")));

        Task<List<string>> AddAsync(int first, int last) => service.RowsAsync(
            $$"""
            with recursive number(n) as (select {{first}} union all select n + 1 from number where n < {{last}})
            insert into grain_state (service_id, grain_type, grain_key, version, payload, modified_at{{Column("created_at")}})
            select @service, 'session', 's-' || n, 1, {{Payload}}, 1{{Column("n")}} from number
            """);

        async Task<long> TotalAsync(params SessionFilter[] filters) =>
            (await service.Sessions.SearchAsync(OneRow with { Filters = [.. filters] }, new() { Everything = true }, default)).Total;
    }

    /// <summary>In SQLite the columns are generated, in PostgreSQL the write sets them.</summary>
    private string Column(string sql) => store.Options.IsShared ? $", {sql}" : "";

    private string Payload => store.Options.IsShared
        ? """convert_to('{"createdAt":' || n || '}', 'UTF8')"""
        : """cast('{"createdAt":' || n || '}' as blob)""";

    public sealed class OnSqlite(SqliteStore store) : LargeTotalTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : LargeTotalTests(store);
}
