using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>A user's links follow every write of the user and are unique. Intents are deleted in time.</summary>
public abstract class IdentityProviderTests(TestStore store)
{
    [Fact]
    public async Task A_user_is_found_by_the_links_it_has_now()
    {
        await using var service = store.NewService();
        await LinkAsync(service, "1", null, [], ("idp", "a"), ("idp", "b"));
        Assert.Equal("1", await service.Users.FindByIdentityAsync("idp", "a", default));
        Assert.Null(await service.Users.FindByIdentityAsync("other", "a", default));

        await LinkAsync(service, "1", 1, [("idp", "a"), ("idp", "b")], ("idp", "b"), ("idp", "c"));

        Assert.Null(await service.Users.FindByIdentityAsync("idp", "a", default));
        Assert.Equal("1", await service.Users.FindByIdentityAsync("idp", "b", default));
        Assert.Equal("1", await service.Users.FindByIdentityAsync("idp", "c", default));

        await LinkAsync(service, "1", 2, [("idp", "b"), ("idp", "c")]);

        Assert.Empty(await service.RowsAsync("select external_id from user_identity where service_id = @service"));
    }

    [Fact]
    public async Task An_identity_is_of_one_user_until_that_user_lets_it_go()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await LinkAsync(service, "1", null, [], ("idp", "a"));
        await LinkAsync(service, "2", null, []);

        Assert.Equal(StorageFault.UniqueViolation, await TestService.FaultAsync(() => LinkAsync(service, "2", 1, [], ("idp", "a"))));
        Assert.Equal(StorageFault.UniqueViolation, await TestService.FaultAsync(() => LinkAsync(service, "3", null, [], ("idp", "a"))));
        Assert.Equal(1, await LinkAsync(other, "1", null, [], ("idp", "a")));
        Assert.Equal(
            ["u-1", "u-2"],
            await service.RowsAsync("select grain_key from user_state where service_id = @service order by grain_key")
        );

        await LinkAsync(service, "1", 1, [("idp", "a")]);
        Assert.Equal(2, await LinkAsync(service, "2", 1, [], ("idp", "a")));
    }

    [Fact]
    public async Task Of_racing_links_one_wins()
    {
        await using var service = store.NewService();

        var faults = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(id => TestService.FaultAsync(() => LinkAsync(service, $"{id}", null, [], ("idp", "a"))))
        );

        Assert.Single(faults, StorageFault.None);
        Assert.Equal(7, faults.Count(fault => fault == StorageFault.UniqueViolation));
    }

    [Fact]
    public async Task Intents_are_deleted_when_their_time_is_over_and_never_before()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await IntentAsync(service, "i-old", 5);
        await IntentAsync(service, "i-older", 4);
        await IntentAsync(service, "i-new", 11);
        await IntentAsync(service, "i-renewed", 5);
        await IntentAsync(service, "i-renewed", 11, version: 1);
        await IntentAsync(other, "i-old", 5);

        Assert.Equal(1, await service.Intents.PurgeAsync(At(10), 1, default));
        Assert.Equal(1, await service.Intents.PurgeAsync(At(10), 10, default));
        Assert.Equal(0, await service.Intents.PurgeAsync(At(10), 10, default));

        Assert.Equal(
            ["i-new", "i-renewed"],
            await service.RowsAsync("select grain_key from intent_state where service_id = @service order by grain_key")
        );
        Assert.NotNull(await other.ReadAsync(StateNames.Intent, "i-old"));
    }

    /// <summary>Links the user to the second group of people, after it was linked to the first.</summary>
    private static Task<int?> LinkAsync(
        TestService service,
        string id,
        int? version,
        (string Provider, string External)[] before,
        params (string Provider, string External)[] after
    ) =>
        service.UserAsync(
            id,
            new() { ["state"] = 1 },
            version,
            [
                .. before.Except(after).Select(link => new IdentityUnlinked(link.Provider, link.External)),
                .. after.Except(before).Select(link => new IdentityLinked(link.Provider, link.External, id)),
            ]
        );

    private static Task<int?> IntentAsync(TestService service, string key, int goneAt, int? version = null) =>
        service.WriteAsync(StateNames.Intent, key, "{}", new(new IntentColumns(At(goneAt)), []), version);

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    public sealed class OnSqlite(SqliteStore store) : IdentityProviderTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : IdentityProviderTests(store);
}
