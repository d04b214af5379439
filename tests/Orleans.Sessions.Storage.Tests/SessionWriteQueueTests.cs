using System.Text;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Group commit on PostgreSQL: writes that share a statement must not affect each other.</summary>
public sealed class SessionWriteQueueTests(PostgreSqlStore store)
{
    private const string Versions = "select grain_key, version from grain_state where service_id = @service";

    [Fact]
    public async Task All_of_many_writes_at_once_are_stored()
    {
        await using var service = store.NewService();
        var queue = Queue(service);

        var created = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => queue.WriteAsync($"s-{i}", null, Session(i))));
        var changed = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => queue.WriteAsync($"s-{i}", 1, Session(i))));

        Assert.All(created, version => Assert.Equal(1, version));
        Assert.All(changed, version => Assert.Equal(2, version));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"s-{i}|2").Order(), (await service.RowsAsync(Versions)).Order());
    }

    [Fact]
    public async Task A_conflict_fails_alone()
    {
        await using var service = store.NewService();
        var queue = Queue(service);
        await queue.WriteAsync("s-taken", null, Session(0));

        var versions = await Task.WhenAll([
            .. Enumerable.Range(0, 100).Select(i => queue.WriteAsync($"s-{i}", null, Session(i))),
            queue.WriteAsync("s-taken", null, Session(1)),
            queue.WriteAsync("s-taken", 7, Session(2)),
            queue.WriteAsync("s-none", 1, Session(3)),
        ]);

        Assert.All(versions[..100], version => Assert.Equal(1, version));
        Assert.Equal([null, null, null], versions[100..]);
        Assert.DoesNotContain("s-none|1", await service.RowsAsync(Versions));
    }

    [Fact]
    public async Task A_write_the_database_refuses_fails_alone()
    {
        await using var service = store.NewService();
        var queue = Queue(service);

        var refused = queue.WriteAsync("s-bad", null, "no json"u8.ToArray());
        var others = Enumerable.Range(0, 100).Select(i => queue.WriteAsync($"s-{i}", null, Session(i))).ToList();
        var refusedToo = queue.WriteAsync("s-worse", null, "{"u8.ToArray());

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => refused);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => refusedToo);
        Assert.All(await Task.WhenAll(others), version => Assert.Equal(1, version));
    }

    [Fact]
    public async Task Of_two_writes_of_one_session_at_once_one_wins()
    {
        await using var service = store.NewService();
        var queue = Queue(service);

        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => queue.WriteAsync("s-1", null, Session(i))));

        Assert.Single(versions, 1);
        Assert.Equal(19, versions.Count(version => version is null));
    }

    private static SessionWriteQueue Queue(TestService service) =>
        new((PostgreSqlDatabase)service.Database, service.ServiceId, new StorageFaults());

    private static byte[] Session(int number) =>
        Encoding.UTF8.GetBytes($$"""{"id":"{{number}}","userId":"u","createdAt":{{number}},"creatorId":"c"}""");
}
