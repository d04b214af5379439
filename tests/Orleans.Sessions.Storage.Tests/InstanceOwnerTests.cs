using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>An installation keeps one owner who can act, whatever changes happen at the same time.</summary>
public abstract class InstanceOwnerTests(ConformingStore store)
{
    [Fact]
    public async Task The_last_owner_stays_one()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await OwnerAsync(service, "1");
        await OwnerAsync(other, "2");

        Assert.Equal(StorageFault.LastOwner, await TestService.FaultAsync(() => LoseAsync(service, "1")));
        Assert.Equal(["1"], await OwnersAsync(service));

        await OwnerAsync(service, "2");
        Assert.Equal(2, await LoseAsync(service, "1"));
        Assert.Equal(["2"], await OwnersAsync(service));
    }

    [Fact]
    public async Task Who_is_an_owner_already_stays_the_one_row()
    {
        await using var service = store.NewService();
        await OwnerAsync(service, "1");

        Assert.Equal(2, await service.UserAsync("1", InOrganization("1"), 1, new OwnerGained()));

        Assert.Equal(["1"], await OwnersAsync(service));
    }

    [Fact]
    public async Task Of_owners_who_take_each_others_role_away_at_the_same_time_one_is_left()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var service = store.NewService();
            foreach (var id in Enumerable.Range(0, 8))
            {
                await OwnerAsync(service, $"{id}");
            }

            var faults = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(id => Task.Run(() => TestService.FaultAsync(() => LoseAsync(service, $"{id}"))))
            );

            Assert.Single(faults, StorageFault.LastOwner);
            Assert.Equal(7, faults.Count(fault => fault == StorageFault.None));
            Assert.Single(await OwnersAsync(service));
        }
    }

    private static Task<int?> OwnerAsync(ConformingService service, string id) =>
        service.UserAsync(id, InOrganization(id), null, new OwnerGained());

    private static Task<int?> LoseAsync(ConformingService service, string id) =>
        service.UserAsync(id, InOrganization(id), 1, new OwnerLost());

    /// <summary>The owners: each one is in an organization of the same id.</summary>
    private static Task<IReadOnlyList<string>> OwnersAsync(ConformingService service) =>
        service.Users.OrganizationsOfOwnersAsync(10, default);

    private static JsonObject InOrganization(string id) => new() { ["state"] = 1, ["organizationId"] = id };

    public sealed class OnSqlite(SqliteStore store) : InstanceOwnerTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : InstanceOwnerTests(store);

    public sealed class InMemory(MemoryOnly store) : InstanceOwnerTests(store);
}
