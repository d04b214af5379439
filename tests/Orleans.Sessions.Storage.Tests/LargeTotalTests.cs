namespace Orleans.Sessions.Storage.Tests;

public abstract class LargeTotalTests(TestStore store)
{
    [Fact]
    public async Task A_total_is_exact_up_to_a_limit()
    {
        await using var service = await NewServiceAsync();
        await AddAsync(service, 1, Totals.ExactUpTo - 1);
        Assert.Equal(Totals.ExactUpTo - 1, await TotalAsync(service));

        await AddAsync(service, Totals.ExactUpTo, Totals.ExactUpTo);
        Assert.Equal(Totals.ExactUpTo, await TotalAsync(service));
        Assert.True((await PageAsync(service)).IsTotalExact);
        Assert.Equal(0, await TotalAsync(service, 0, new SessionFilter.Creator("nobody")));
    }

    [Fact]
    public async Task A_larger_total_is_about_right()
    {
        await using var service = await NewServiceAsync();
        await AddAsync(service, 1, 3 * Totals.ExactUpTo);
        await service.RowsAsync("analyze");

        Assert.InRange(await TotalAsync(service), 2.4 * Totals.ExactUpTo, 3.6 * Totals.ExactUpTo);
        Assert.InRange(
            await TotalAsync(service, 0, new SessionFilter.Created(Instant.FromMicroseconds(Totals.ExactUpTo), Comparison.Greater)),
            1.6 * Totals.ExactUpTo,
            2.4 * Totals.ExactUpTo
        );
        // SQLite counts, because it cannot estimate.
        Assert.Equal(!store.Options.IsShared, (await PageAsync(service)).IsTotalExact);
    }

    [Fact]
    public async Task All_sessions_can_be_counted()
    {
        await using var service = await NewServiceAsync();
        await AddAsync(service, 1, Totals.ExactUpTo + 5);

        Assert.Equal(Totals.ExactUpTo + 5, await CountAsync(service, new() { Everything = true }));
        Assert.Equal(
            Totals.ExactUpTo + 2,
            await CountAsync(
                service,
                new() { Everything = true },
                new SessionFilter.Created(Instant.FromMicroseconds(3), Comparison.Greater)
            )
        );
        // Sessions that never expire are later than any date.
        Assert.Equal(
            Totals.ExactUpTo + 5,
            await CountAsync(service, new() { Everything = true }, new SessionFilter.Expires(DateTimeOffset.UnixEpoch, Comparison.Greater))
        );
        Assert.Equal(0, await CountAsync(service, new() { CallerId = "nobody" }));
    }

    [Fact]
    public async Task A_large_total_never_says_that_a_full_page_is_the_last_one()
    {
        await using var service = await NewServiceAsync();
        await AddAsync(service, 1, 10);
        await service.RowsAsync("analyze");
        await AddAsync(service, 11, 2 * Totals.ExactUpTo);

        Assert.True(await TotalAsync(service) > Totals.ExactUpTo);
        Assert.True(await TotalAsync(service, 15_000) > 15_001);
        Assert.Equal(2 * Totals.ExactUpTo, await TotalAsync(service, (2 * Totals.ExactUpTo) - 5, limit: 10));
    }

    private static Task<long> CountAsync(TestService service, Visibility visibility, params SessionFilter[] filters) =>
        service.Sessions.CountAsync(new SessionQuery { Filters = [.. filters], Limit = 1 }, visibility, default);

    private static async Task<long> TotalAsync(TestService service, long offset = 0, SessionFilter? filter = null, int limit = 1) =>
        (await PageAsync(service, offset, filter, limit)).Total;

    private static Task<DirectoryPage<SessionRow>> PageAsync(
        TestService service,
        long offset = 0,
        SessionFilter? filter = null,
        int limit = 1
    )
    {
        var query = new SessionQuery
        {
            Offset = offset,
            Limit = limit,
            Filters = filter is null ? [] : [filter],
        };
        return service.Sessions.SearchAsync(query, new() { Everything = true }, default);
    }

    /// <summary>
    /// A service in a database of its own. Estimates come from statistics of the whole table, so rows of other tests would change them.
    /// </summary>
    private async Task<TestService> NewServiceAsync()
    {
        var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        return service;
    }

    private Task<List<string>> AddAsync(TestService service, int first, int last) =>
        service.RowsAsync(
            $$"""
            with recursive number(n) as (select {{first}} union all select n + 1 from number where n < {{last}})
            insert into session_state (service_id, grain_key, version, payload, created_at, user_epoch)
            select @service, 's-' || n, 1, {{Payload}}, n, 0 from number
            """
        );

    private string Payload =>
        store.Options.IsShared ? """convert_to('{"createdAt":' || n || '}', 'UTF8')""" : """cast('{"createdAt":' || n || '}' as blob)""";

    public sealed class OnSqlite(SqliteStore store) : LargeTotalTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : LargeTotalTests(store);
}
