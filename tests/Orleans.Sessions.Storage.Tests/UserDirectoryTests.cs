using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The user directory follows every write of a user, and keeps login names unique.</summary>
public abstract class UserDirectoryTests(ConformingStore store)
{
    [Fact]
    public async Task A_user_is_found_by_the_name_it_has_now()
    {
        await using var service = store.NewService();
        await service.UserAsync("1", Named("Ann"));
        Assert.Equal("1", await service.Users.FindByLoginNameAsync("ann", default));

        await service.UserAsync("1", Named("Bea"), version: 1);

        Assert.Null(await service.Users.FindByLoginNameAsync("ann", default));
        Assert.Equal("1", await service.Users.FindByLoginNameAsync("bea", default));
    }

    [Fact]
    public async Task A_conflicting_write_leaves_the_directory_alone()
    {
        await using var service = store.NewService();
        await service.UserAsync("1", Named("Ann"));

        Assert.Null(await service.UserAsync("1", Named("Bea"), version: 9));

        Assert.Equal("1", await service.Users.FindByLoginNameAsync("ann", default));
    }

    [Fact]
    public async Task Of_racing_creations_with_one_login_name_one_wins()
    {
        await using var service = store.NewService();

        var faults = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(id => TestService.FaultAsync(() => service.UserAsync($"{id}", Named("Ann"))))
        );

        Assert.Single(faults, StorageFault.None);
        Assert.Equal(7, faults.Count(fault => fault == StorageFault.UniqueViolation));
        var page = await service.Users.SearchAsync(new UserQuery(), new Visibility { Everything = true }, default);
        Assert.Single(page.Rows);
    }

    [Fact]
    public async Task Another_service_may_use_the_name()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();

        Assert.Equal(1, await service.UserAsync("1", Named("Ann")));
        Assert.Equal(1, await other.UserAsync("1", Named("Ann")));
    }

    [Fact]
    public async Task A_deleted_user_frees_its_name_and_is_not_listed()
    {
        await using var service = store.NewService();
        await service.UserAsync("1", Named("Ann"));
        await service.UserAsync("1", new() { ["state"] = 3 }, version: 1);

        Assert.Equal(1, await service.UserAsync("2", Named("Ann")));

        Assert.Equal("2", await service.Users.FindByLoginNameAsync("ann", default));
        var page = await service.Users.SearchAsync(new UserQuery(), new Visibility { Everything = true }, default);
        Assert.Equal(["2"], TestService.IdsOf(page.Rows));
    }

    [Fact]
    public async Task Users_whose_sessions_are_being_ended()
    {
        await using var service = store.NewService();
        await service.UserAsync("1", new() { ["state"] = 1, ["endingSessions"] = true });
        await service.UserAsync("2", new() { ["state"] = 1, ["endingSessions"] = false });
        await service.UserAsync("3", new() { ["state"] = 3, ["endingSessions"] = true });

        Assert.Equal(["1", "3"], await service.Users.EndingSessionsAsync(10, default));
        Assert.Equal(["1"], await service.Users.EndingSessionsAsync(1, default));
    }

    [Fact]
    public async Task The_people_of_an_organization_come_in_pages_oldest_first()
    {
        await using var service = store.NewService();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        (string Id, int Minute, int State, string Organization)[] people =
        [
            ("c", 1, 1, "o"),
            ("b", 2, 2, "o"),
            ("a", 2, 1, "o"),
            ("x", 1, 1, "p"),
            ("d", 3, 3, "o"),
        ];
        foreach (var (id, minute, state, organization) in people)
        {
            await service.UserAsync(id, Member(organization, at.AddMinutes(minute), state));
        }

        Assert.Equal(["c", "a"], await PageAsync(null, null, 2));
        Assert.Equal(["b"], await PageAsync(at.AddMinutes(2), "a", 2));
        Assert.Empty(await PageAsync(at.AddMinutes(2), "b", 2));

        async Task<string[]> PageAsync(DateTimeOffset? after, string? id, int limit) =>
            TestService.IdsOf(await service.Users.OfOrganizationAsync("o", after, id, limit, default));
    }

    [Fact]
    public async Task The_organizations_of_owners_are_told_once_each()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await service.UserAsync("1", Member("o"), null, new OwnerGained());
        await service.UserAsync("2", Member("o"), null, new OwnerGained());
        await service.UserAsync("3", Member("p"));
        await other.UserAsync("4", Member("q"), null, new OwnerGained());

        Assert.Equal(["o"], await service.Users.OrganizationsOfOwnersAsync(2, default));
        await service.UserAsync("5", Member("r"), null, new OwnerGained());
        Assert.Equal(["o", "r"], (await service.Users.OrganizationsOfOwnersAsync(2, default)).Order());
    }

    private static JsonObject Member(string organization, DateTimeOffset? createdAt = null, int state = 1) =>
        new()
        {
            ["state"] = state,
            ["organizationId"] = organization,
            ["createdAt"] = Instant.ToMicroseconds(createdAt ?? DateTimeOffset.UnixEpoch),
        };

    private static JsonObject Named(string name) =>
        new()
        {
            ["state"] = 1,
            ["loginName"] = name,
            ["loginNameKey"] = TextKey.Of(name),
        };

    public sealed class OnSqlite(SqliteStore store) : UserDirectoryTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : UserDirectoryTests(store);

    public sealed class InMemory(MemoryOnly store) : UserDirectoryTests(store);
}
