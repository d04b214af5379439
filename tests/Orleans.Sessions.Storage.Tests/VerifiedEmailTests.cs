using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// At whom an address is verified follows every write of a user. If it may belong to one person only, it does, whatever races.
/// </summary>
public abstract class VerifiedEmailTests(ConformingStore store)
{
    [Fact]
    public async Task A_user_is_found_by_the_address_that_is_verified_now()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await service.UserAsync("1", Verified("A"));
        await service.UserAsync("2", Verified("a"));
        await service.UserAsync("3", Unverified("a"));
        await service.UserAsync("4", new() { ["phone"] = "a" });
        await other.UserAsync("5", Verified("a"));
        Assert.Equal(["1", "2"], await FindAsync(service, "a"));
        Assert.Single(await service.Users.FindByVerifiedEmailAsync("a", 1, default));

        await service.UserAsync("1", Verified("b"), 1);
        await service.UserAsync("2", Unverified("a"), 1);
        await service.UserAsync("3", Verified("a"), 1);

        Assert.Equal(["3"], await FindAsync(service, "a"));
        Assert.Equal(["1"], await FindAsync(service, "b"));

        await service.UserAsync("1", new() { ["state"] = 3 }, 2);

        Assert.Empty(await FindAsync(service, "b"));
    }

    [Fact]
    public async Task If_it_may_belong_to_one_person_only_nobody_else_gets_it_verified()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await service.UserAsync("1", Verified("a"));
        await service.UserAsync("2", Unverified("a"));

        Assert.Equal(StorageFault.UniqueViolation, await TestService.FaultAsync(() => ClaimAsync(service, "2", 1)));
        Assert.Equal(StorageFault.UniqueViolation, await TestService.FaultAsync(() => ClaimAsync(service, "3")));
        Assert.Null(await service.ReadAsync(StateNames.User, GrainKeys.User("3")));
        Assert.Equal(1, await ClaimAsync(other, "3"));

        await service.UserAsync("1", Unverified("a"), 1);
        Assert.Equal(2, await ClaimAsync(service, "2", 1));
        Assert.Equal(3, await ClaimAsync(service, "2", 2));
    }

    [Fact]
    public async Task Of_racing_verifications_one_wins()
    {
        await using var service = store.NewService();
        for (var id = 0; id < 8; id++)
        {
            await service.UserAsync($"{id}", Unverified("a"));
        }

        var faults = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(id => Task.Run(() => TestService.FaultAsync(() => ClaimAsync(service, $"{id}", 1))))
        );

        Assert.Single(faults, StorageFault.None);
        Assert.Equal(7, faults.Count(fault => fault == StorageFault.UniqueViolation));
        Assert.Single(await FindAsync(service, "a"));
    }

    private static JsonObject Verified(string email) =>
        new()
        {
            ["state"] = 1,
            ["email"] = email,
            ["isEmailVerified"] = true,
        };

    private static JsonObject Unverified(string email) => new() { ["state"] = 1, ["email"] = email };

    private static Task<int?> ClaimAsync(ConformingService service, string id, int? version = null) =>
        service.UserAsync(id, Verified("a"), version, new EmailClaimed("a"));

    private static Task<IReadOnlyList<string>> FindAsync(ConformingService service, string email) =>
        service.Users.FindByVerifiedEmailAsync(email, 10, default);

    public sealed class OnSqlite(SqliteStore store) : VerifiedEmailTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : VerifiedEmailTests(store);

    public sealed class InMemory(MemoryOnly store) : VerifiedEmailTests(store);
}
