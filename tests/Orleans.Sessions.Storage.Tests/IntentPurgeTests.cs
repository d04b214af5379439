using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Intents are deleted in time.</summary>
public abstract class IntentPurgeTests(TestStore store)
{
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

    private static Task<int?> IntentAsync(TestService service, string key, int goneAt, int? version = null) =>
        service.WriteAsync(StateNames.Intent, key, "{}", new(new IntentColumns(At(goneAt)), []), version);

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    public sealed class OnSqlite(SqliteStore store) : IntentPurgeTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : IntentPurgeTests(store);
}
