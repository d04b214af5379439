using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Group commit: writes that share a transaction do not affect each other, whatever they write.</summary>
public abstract class WriteQueueTests(TestStore store)
{
    private const string Versions = "select grain_key, version from session_state where service_id = @service";

    [Fact]
    public async Task All_of_many_writes_at_once_are_stored()
    {
        await using var service = store.NewService();

        var created = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => SessionAsync(service, $"{i}")));
        var changed = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => SessionAsync(service, $"{i}", 1)));

        Assert.All(created, version => Assert.Equal(1, version));
        Assert.All(changed, version => Assert.Equal(2, version));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"s-{i}|2").Order(), (await service.RowsAsync(Versions)).Order());
    }

    [Fact]
    public async Task Writes_of_every_kind_share_transactions()
    {
        await using var service = store.NewService();

        var versions = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .SelectMany(i =>
                    new[]
                    {
                        SessionAsync(service, $"{i}"),
                        service.UserAsync($"{i}", new() { ["state"] = 1 }),
                        service.WriteAsync("thing", $"t-{i}", "{}"),
                        service.WriteAsync(StateNames.Intent, $"i-{i}", "{}", new(new IntentColumns(DateTimeOffset.UnixEpoch), [])),
                    }
                )
        );

        Assert.All(versions, version => Assert.Equal(1, version));
        foreach (var table in new[] { "session_state", "user_state", "grain_state", "intent_state" })
        {
            Assert.Equal(["100"], await service.RowsAsync($"select count(*) from {table} where service_id = @service"));
        }
    }

    [Fact]
    public async Task A_conflict_fails_alone()
    {
        await using var service = store.NewService();
        await SessionAsync(service, "taken");

        var versions = await Task.WhenAll([
            .. Enumerable.Range(0, 100).Select(i => SessionAsync(service, $"{i}")),
            SessionAsync(service, "taken"),
            SessionAsync(service, "taken", 7),
            SessionAsync(service, "none", 1),
        ]);

        Assert.All(versions[..100], version => Assert.Equal(1, version));
        Assert.Equal([null, null, null], versions[100..]);
        Assert.DoesNotContain("s-none|1", await service.RowsAsync(Versions));
    }

    [Fact]
    public async Task A_write_the_database_refuses_fails_alone_with_all_its_parts()
    {
        await using var service = store.NewService();
        await UserAsync(service, "first", "taken");

        var others = Enumerable.Range(0, 50).Select(i => SessionAsync(service, $"{i}")).ToList();
        var refused = TestService.FaultAsync(() => UserAsync(service, "second", "taken", new OwnerGained()));
        others.AddRange(Enumerable.Range(50, 50).Select(i => SessionAsync(service, $"{i}")));

        Assert.Equal(StorageFault.UniqueViolation, await refused);
        Assert.All(await Task.WhenAll(others), version => Assert.Equal(1, version));
        Assert.Empty(await service.RowsAsync("select grain_key from instance_owner where service_id = @service"));
    }

    [Fact]
    public async Task Of_two_writes_of_one_row_at_once_one_wins()
    {
        await using var service = store.NewService();

        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SessionAsync(service, "1")));

        Assert.Single(versions, 1);
        Assert.Equal(19, versions.Count(version => version is null));
    }

    [Fact]
    public async Task Writes_after_a_refused_one_are_right()
    {
        await using var service = store.NewService();
        for (var round = 1; round <= 10; round++)
        {
            Assert.Null(await SessionAsync(service, "none", 7));
            Assert.Equal(round, await SessionAsync(service, "1", round == 1 ? null : round - 1));
            Assert.Equal(1, await service.UserAsync($"{round}", new JsonObject { ["loginNameKey"] = $"{round}" }));
            Assert.Equal(StorageFault.UniqueViolation, await TestService.FaultAsync(() => UserAsync(service, $"u{round}", "1")));
        }

        Assert.Equal(["s-1|10"], await service.RowsAsync(Versions));
        Assert.Equal(["10"], await service.RowsAsync("select count(*) from user_state where service_id = @service"));
    }

    private static Task<int?> SessionAsync(TestService service, string id, int? version = null) =>
        service.SessionAsync(
            id,
            new JsonObject
            {
                ["userId"] = "u",
                ["createdAt"] = 1,
                ["creatorId"] = "c",
            },
            version
        );

    private static Task<int?> UserAsync(TestService service, string id, string name, params StateEffect[] effects) =>
        service.UserAsync(id, new JsonObject { ["loginName"] = name, ["loginNameKey"] = name }, null, [.. effects]);

    public sealed class OnSqlite(SqliteStore store) : WriteQueueTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : WriteQueueTests(store);
}
