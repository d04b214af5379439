using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Storage.Tests;

public sealed class PostgreSqlClusterTests(PostgreSqlStore store)
{
    [Fact]
    public async Task Silos_find_each_other_and_forget_who_left()
    {
        var options = await store.CreateAsync();
        using var one = await TestStore.StartSiloAsync(options);
        var other = await TestStore.StartSiloAsync(options);
        var management = one.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        Assert.Equal(2, (await management.GetHosts(onlyActive: true)).Count);

        await other.StopAsync();
        other.Dispose();

        Assert.Single(await management.GetHosts(onlyActive: true));
        var hosts = await management.GetHosts(onlyActive: false);
        Assert.Equal([SiloStatus.Active, SiloStatus.Dead], hosts.Values.Order());
        await one.StopAsync();
    }

    [Fact]
    public async Task Only_a_dead_silo_that_has_not_changed_is_forgotten()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(67890);
        SqlQuery Silo(string address, string? suspects = null) =>
            new SqlQuery()
                .With("DeploymentId", "d")
                .With("Address", address)
                .With("Port", 1)
                .With("Generation", 2)
                .With("SiloName", "s")
                .With("HostName", "h")
                .With("ProxyPort", 3)
                .With("StartTime", time)
                .With("IAmAliveTime", time)
                .With("SuspectTimes", suspects ?? (object)DBNull.Value);
        Task<List<bool>> Ask(string query, SqlQuery sql) =>
            sql.ReadAsync(service.Database, SqlText.Of($"PostgreSql.Queries.{query}"), r => r.GetBoolean(0), default);

        Assert.Equal([true], await Ask("InsertMembershipVersionKey", Silo("")));
        Assert.Equal([false], await Ask("InsertMembershipVersionKey", Silo("")));
        Assert.Equal([true], await Ask("InsertMembershipKey", Silo("dead").With("Status", 3).With("Version", 0)));
        Assert.Equal([false], await Ask("InsertMembershipKey", Silo("late").With("Status", 3).With("Version", 0)));
        Assert.Equal([false], await Ask("InsertMembershipKey", Silo("dead").With("Status", 3).With("Version", 1)));
        Assert.Equal([true], await Ask("InsertMembershipKey", Silo("late").With("Status", 3).With("Version", 1)));
        Assert.Equal([false], await Ask("UpdateMembershipKey", Silo("none").With("Status", 6).With("Version", 2)));
        Assert.Equal([true], await Ask("UpdateMembershipKey", Silo("dead").With("Status", 6).With("Version", 2)));
        Assert.Equal(["3"], await service.RowsAsync("select version from membership_version"));

        Assert.Equal(0, await Cleanup(Silo("dead", suspects: "x")));
        Assert.Equal(0, await Cleanup(Silo("late")));
        Assert.Equal(1, await Cleanup(Silo("dead")));

        Task<int> Cleanup(SqlQuery sql) =>
            sql.ExecuteAsync(service.Database, SqlText.Of("PostgreSql.Queries.CleanupDefunctSiloEntryKey"), default);
    }

    [Fact]
    public async Task An_outage_is_told_apart_and_ends()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await using var service = new TestService(new StorageOptions { ConnectionString = await server.CreateDatabaseAsync() });
        await service.Migrator.MigrateAsync(default);
        await service.SessionAsync("1", new() { ["createdAt"] = 1 });

        await server.StopAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => SearchAsync());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => service.Sessions.PurgeAsync(default, 1, default));

        await server.RestartAsync();
        Assert.Equal(1, (await SearchAsync()).Total);

        Task<DirectoryPage<SessionRow>> SearchAsync() =>
            service.Sessions.SearchAsync(new SessionQuery(), new Visibility { Everything = true }, default);
    }
}
