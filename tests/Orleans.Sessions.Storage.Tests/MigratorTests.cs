using System.Globalization;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The schema is upgraded once, whichever process starts first, and never downgraded.</summary>
public abstract class MigratorTests(TestStore store)
{
    [Fact]
    public async Task Done_twice_it_does_nothing()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        await service.SessionAsync("1", new() { ["createdAt"] = 1 });
        var versions = await service.RowsAsync("select version, applied_at from schema_version order by version");

        await service.Migrator.MigrateAsync(default);

        Assert.NotEmpty(versions);
        Assert.Equal(versions, await service.RowsAsync("select version, applied_at from schema_version order by version"));
        Assert.NotNull(await service.ReadAsync(StateNames.Session, "s-1"));
    }

    [Fact]
    public async Task Many_processes_may_start_at_once()
    {
        var options = await store.CreateAsync();
        var processes = Enumerable.Range(0, 6).Select(_ => new TestService(options)).ToArray();

        await Task.WhenAll(processes.Select(process => Task.Run(() => process.Migrator.MigrateAsync(default))));

        foreach (var process in processes)
        {
            Assert.NotNull(await process.SessionAsync(process.ServiceId, new() { ["createdAt"] = 1 }));
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_migration_whose_number_is_not_the_newest_is_made_up_for()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        var versions = await service.RowsAsync("select version from schema_version order by version");
        await service.RowsAsync("drop table audit_event");
        await service.RowsAsync("delete from schema_version where version = 1040");

        await service.Migrator.MigrateAsync(default);

        Assert.Equal(versions, await service.RowsAsync("select version from schema_version order by version"));
        Assert.Empty(await service.RowsAsync("select id from audit_event"));
    }

    [Fact]
    public async Task A_database_from_before_the_first_release_is_refused_and_left_alone()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        await service.RowsAsync("delete from schema_version");
        await service.RowsAsync("insert into schema_version (version) values (160)");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => service.Migrator.MigrateAsync(default));

        Assert.Contains("empty database", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["160"], await service.RowsAsync("select version from schema_version"));
    }

    [Fact]
    public async Task Functions_are_replaced_when_they_are_older_and_never_when_they_are_newer()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        await service.RowsAsync("update function_revision set revision = revision - 1");
        await service.Migrator.MigrateAsync(default);
        var current = StorageMigrator.FunctionRevision.ToString(CultureInfo.InvariantCulture);
        Assert.Equal([current], await service.RowsAsync("select revision from function_revision"));

        await service.RowsAsync("update function_revision set revision = 4711");
        if (store.Options.IsShared)
        {
            await service.RowsAsync(
                "create or replace function ensure(holds boolean, code text) returns void language sql as 'select null::void'"
            );
        }

        await service.Migrator.MigrateAsync(default);
        Assert.Equal(["4711"], await service.RowsAsync("select revision from function_revision"));
        if (store.Options.IsShared)
        {
            Assert.Equal([""], await service.RowsAsync("select ensure(false, 'newer')"));
        }
    }

    [Fact]
    public async Task The_first_mark_of_a_master_key_is_the_one_that_counts()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);

        Assert.True(await service.MasterKeys.IsMarkAsync([1, 2], default));
        Assert.False(await service.MasterKeys.IsMarkAsync([1, 3], default));
        Assert.True(await service.MasterKeys.IsMarkAsync([1, 2], default));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        await service.RowsAsync("insert into schema_version (version) values (4711)");
        await service.RowsAsync("update OrleansQuery set QueryText = 'newer'");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => service.Migrator.MigrateAsync(default));

        Assert.Contains("4711", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["newer"], await service.RowsAsync("select distinct QueryText from OrleansQuery"));
    }

    [Fact]
    public async Task Stored_queries_are_rewritten_at_every_start()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        var queries = await service.RowsAsync("select QueryKey, QueryText from OrleansQuery order by QueryKey");
        await service.RowsAsync("update OrleansQuery set QueryText = 'older'");

        await service.Migrator.MigrateAsync(default);

        Assert.Equal(queries, await service.RowsAsync("select QueryKey, QueryText from OrleansQuery order by QueryKey"));
    }

    public sealed class OnSqlite(SqliteStore store) : MigratorTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : MigratorTests(store);
}
