using System.Text.Json.Nodes;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>A user's links follow every write of the user and are unique. Intents are deleted in time.</summary>
public abstract class IdentityProviderTests(TestStore store)
{
    [Fact]
    public async Task A_user_is_found_by_the_links_it_has_now()
    {
        await using var service = store.NewService();
        await LinkAsync(service, "1", null, ("idp", "a"), ("idp", "b"));
        Assert.Equal("1", await service.Users.FindByIdentityAsync("idp", "a", default));
        Assert.Null(await service.Users.FindByIdentityAsync("other", "a", default));

        await LinkAsync(service, "1", 1, ("idp", "b"), ("idp", "c"));

        Assert.Null(await service.Users.FindByIdentityAsync("idp", "a", default));
        Assert.Equal("1", await service.Users.FindByIdentityAsync("idp", "b", default));
        Assert.Equal("1", await service.Users.FindByIdentityAsync("idp", "c", default));

        await LinkAsync(service, "1", 2);

        Assert.Empty(await service.RowsAsync("select external_id from user_identity where service_id = @service"));
    }

    [Fact]
    public async Task An_identity_is_of_one_user_until_that_user_lets_it_go()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await LinkAsync(service, "1", null, ("idp", "a"));
        await LinkAsync(service, "2", null);

        Assert.Equal(StorageFault.UniqueViolation, await FaultAsync(() => LinkAsync(service, "2", 1, ("idp", "a"))));
        Assert.Equal(StorageFault.UniqueViolation, await FaultAsync(() => LinkAsync(service, "3", null, ("idp", "a"))));
        Assert.Equal(1, await LinkAsync(other, "1", null, ("idp", "a")));
        Assert.Equal(
            ["u-1", "u-2"],
            await service.RowsAsync("select grain_key from grain_state where service_id = @service order by grain_key")
        );

        await LinkAsync(service, "1", 1);
        Assert.Equal(2, await LinkAsync(service, "2", 1, ("idp", "a")));
    }

    [Fact]
    public async Task Of_racing_links_one_wins()
    {
        await using var service = store.NewService();

        var faults = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(id => FaultAsync(() => LinkAsync(service, $"{id}", null, ("idp", "a"))))
        );

        Assert.Single(faults, StorageFault.None);
        Assert.Equal(7, faults.Count(fault => fault == StorageFault.UniqueViolation));
    }

    [Fact]
    public async Task A_row_that_goes_takes_its_links_along()
    {
        await using var service = store.NewService();
        await LinkAsync(service, "1", null, ("idp", "a"));
        await LinkAsync(service, "2", null, ("idp", "b"));

        await service.DeleteAsync("user", "u-1", version: 1);
        await service.DeleteAsync("user", "u-2", version: 1);

        Assert.Empty(await service.RowsAsync("select user_id from user_identity where service_id = @service"));
    }

    [Fact]
    public async Task Intents_are_deleted_when_their_time_is_over_and_never_before()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await service.WriteAsync("intent", "i-old", """{"goneAt":5000000}""");
        await service.WriteAsync("intent", "i-older", """{"goneAt":4000000}""");
        await service.WriteAsync("intent", "i-new", """{"goneAt":11000000}""");
        await service.WriteAsync("intent", "i-renewed", """{"goneAt":5000000}""");
        await service.WriteAsync("intent", "i-renewed", """{"goneAt":11000000}""", version: 1);
        await service.WriteAsync("other", "i-old", """{"goneAt":5000000}""");
        await other.WriteAsync("intent", "i-old", """{"goneAt":5000000}""");

        Assert.Equal(1, await service.Intents.PurgeAsync(At(10), 1, default));
        Assert.Equal(1, await service.Intents.PurgeAsync(At(10), 10, default));
        Assert.Equal(0, await service.Intents.PurgeAsync(At(10), 10, default));

        Assert.Equal(
            ["intent|i-new", "intent|i-renewed", "other|i-old"],
            await service.RowsAsync(
                "select grain_type, grain_key from grain_state where service_id = @service order by grain_type, grain_key"
            )
        );
        Assert.Equal(2, (await service.RowsAsync("select grain_key from intent_purge where service_id = @service")).Count);
        Assert.NotNull(await other.ReadAsync("intent", "i-old"));
    }

    private static Task<int?> LinkAsync(TestService service, string id, int? version, params (string Provider, string External)[] links)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["directory"] = new JsonObject { ["state"] = 1 },
        };
        if (links.Length > 0)
        {
            json["links"] = new JsonArray([
                .. links.Select(link => new JsonObject { ["providerId"] = link.Provider, ["externalId"] = link.External }),
            ]);
        }

        return service.WriteAsync("user", $"u-{id}", json.ToJsonString(), version);
    }

    private static async Task<StorageFault> FaultAsync(Func<Task<int?>> write)
    {
        try
        {
            return await write() is null ? StorageFault.Conflict : StorageFault.None;
        }
        catch (System.Data.Common.DbException exception)
        {
            return new StorageFaults().Classify(exception);
        }
    }

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    public sealed class OnSqlite(SqliteStore store) : IdentityProviderTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : IdentityProviderTests(store);
}
