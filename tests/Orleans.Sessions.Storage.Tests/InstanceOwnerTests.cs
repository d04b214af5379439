using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>An installation keeps one owner who can act, whatever changes happen at the same time.</summary>
public abstract class InstanceOwnerTests(TestStore store)
{
    [Fact]
    public async Task The_last_owner_stays_one()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await OwnerAsync(service, "1");
        await OwnerAsync(other, "2");

        Assert.Equal(StorageFault.LastOwner, await TestService.FaultAsync(() => LoseAsync(service, "1")));
        Assert.Equal(["u-1|1"], await service.RowsAsync("select grain_key, version from user_state where service_id = @service"));

        await OwnerAsync(service, "2");
        Assert.Equal(2, await LoseAsync(service, "1"));
        Assert.Equal(["u-2"], await OwnersAsync(service));
    }

    [Fact]
    public async Task Who_is_an_owner_already_stays_the_one_row()
    {
        await using var service = store.NewService();
        await OwnerAsync(service, "1");

        Assert.Equal(2, await service.UserAsync("1", new() { ["state"] = 1 }, 1, new OwnerGained()));

        Assert.Equal(["u-1"], await OwnersAsync(service));
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

    private static Task<int?> OwnerAsync(TestService service, string id) =>
        service.UserAsync(id, new() { ["state"] = 1 }, null, new OwnerGained());

    private static Task<int?> LoseAsync(TestService service, string id) =>
        service.UserAsync(id, new() { ["state"] = 1 }, 1, new OwnerLost());

    private static Task<List<string>> OwnersAsync(TestService service) =>
        service.RowsAsync("select grain_key from instance_owner where service_id = @service order by grain_key");

    public sealed class OnSqlite(SqliteStore store) : InstanceOwnerTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : InstanceOwnerTests(store);
}
