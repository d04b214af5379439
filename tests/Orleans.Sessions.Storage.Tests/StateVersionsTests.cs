namespace Orleans.Sessions.Storage.Tests;

/// <summary>Reads the versions of many stored records at once.</summary>
public sealed class StateVersionsTests(PostgreSqlStore store)
{
    [Fact]
    public async Task Each_gets_its_own_and_what_is_not_stored_has_none()
    {
        await using var service = store.NewService();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(1, await service.WriteAsync("thing", $"t-{i}", "{}"));
        }

        Assert.Equal(2, await service.WriteAsync("thing", "t-7", "{}", version: 1));
        Assert.Equal(1, await service.WriteAsync("other", "t-3", "{}"));
        var versions = new StateVersions((PostgreSqlDatabase)service.Database, service.ServiceId);

        var found = await Task.WhenAll(Enumerable.Range(0, 2500).Select(i => versions.OfAsync("thing", $"t-{i}")));

        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => i == 7 ? "2" : "1"), .. Enumerable.Repeat<string?>(null, 2480)], found);
        Assert.Equal("1", await versions.OfAsync("other", "t-3"));
        Assert.Null(await versions.OfAsync("other", "t-7"));
    }

    [Fact]
    public async Task A_database_that_refuses_fails_those_who_ask_and_later_ones_are_answered()
    {
        await using var service = store.NewService();
        await service.WriteAsync("thing", "t-1", "{}");
        var versions = new StateVersions((PostgreSqlDatabase)service.Database, service.ServiceId);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => versions.OfAsync("thing", "\0"));

        Assert.Equal("1", await versions.OfAsync("thing", "t-1"));
    }
}
