using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>A user's links follow every write of the user and are unique.</summary>
public abstract class IdentityLinkTests(ConformingStore store)
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

        Assert.Null(await service.Users.FindByIdentityAsync("idp", "b", default));
        Assert.Null(await service.Users.FindByIdentityAsync("idp", "c", default));
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
        Assert.Null(await service.ReadAsync(StateNames.User, GrainKeys.User("3")));

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
    public async Task Who_loses_the_race_finds_the_winner_at_once()
    {
        await using var service = store.NewService();

        for (var race = 0; race < 10; race++)
        {
            var identity = ("idp", $"race-{race}");
            var owners = await Task.WhenAll(Enumerable.Range(0, 8).Select(id => TryAsync($"{race}-{id}", identity)));

            Assert.Single(owners.Distinct());
        }

        async Task<string?> TryAsync(string id, (string Provider, string External) identity)
        {
            await TestService.FaultAsync(() => LinkAsync(service, id, null, [], identity));
            return await service.Users.FindByIdentityAsync(identity.Provider, identity.External, CancellationToken.None);
        }
    }

    /// <summary>Links the user to the second group of people, after it was linked to the first.</summary>
    private static Task<int?> LinkAsync(
        ConformingService service,
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

    public sealed class OnSqlite(SqliteStore store) : IdentityLinkTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : IdentityLinkTests(store);

    public sealed class InMemory(MemoryOnly store) : IdentityLinkTests(store);
}
