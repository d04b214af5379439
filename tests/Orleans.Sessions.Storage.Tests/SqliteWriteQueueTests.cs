using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Group commit on SQLite: who shares a commit must not notice.</summary>
public sealed class SqliteWriteQueueTests(SqliteStore store)
{
    private const string Versions = "select grain_key, version from grain_state where service_id = @service";
    private const string Events = "select target_id from audit_event where service_id = @service";

    [Fact]
    public async Task All_of_many_writes_at_once_are_stored()
    {
        await using var service = store.NewService();

        var created = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => WriteAsync(service, $"s-{i}", null, Session(i))));
        var changed = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => WriteAsync(service, $"s-{i}", 1, Session(i))));

        Assert.All(created, version => Assert.Equal(1, version));
        Assert.All(changed, version => Assert.Equal(2, version));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"s-{i}|2").Order(), (await service.RowsAsync(Versions)).Order());
    }

    [Fact]
    public async Task A_conflict_fails_alone()
    {
        await using var service = store.NewService();
        await WriteAsync(service, "s-taken", null, Session(0));

        var versions = await Task.WhenAll([
            .. Enumerable.Range(0, 100).Select(i => WriteAsync(service, $"s-{i}", null, Session(i))),
            WriteAsync(service, "s-taken", null, Session(1)),
            WriteAsync(service, "s-taken", 7, Session(2)),
            WriteAsync(service, "s-none", 1, Session(3)),
        ]);

        Assert.All(versions[..100], version => Assert.Equal(1, version));
        Assert.Equal([null, null, null], versions[100..]);
        Assert.DoesNotContain("s-none|1", await service.RowsAsync(Versions));
    }

    [Fact]
    public async Task A_write_the_database_refuses_fails_alone_and_leaves_nothing()
    {
        await using var service = store.NewService();
        await WriteAsync(service, "u-first", null, User("first", "taken"), type: "user");

        var others = Enumerable.Range(0, 50).Select(i => WriteAsync(service, $"s-{i}", null, Session(i))).ToList();
        var refused = WriteAsync(service, "u-second", null, User("second", "taken"), Audit("second"), "user");
        others.AddRange(Enumerable.Range(50, 50).Select(i => WriteAsync(service, $"s-{i}", null, Session(i), Audit($"s-{i}"))));

        Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => refused)).SqliteErrorCode);
        Assert.All(await Task.WhenAll(others), version => Assert.Equal(1, version));
        Assert.DoesNotContain("u-second|1", await service.RowsAsync(Versions));
        Assert.Equal(Enumerable.Range(50, 50).Select(i => $"s-{i}").Order(), (await service.RowsAsync(Events)).Order());
    }

    [Fact]
    public async Task Of_two_writes_of_one_session_at_once_one_wins()
    {
        await using var service = store.NewService();

        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => WriteAsync(service, "s-1", null, Session(1))));

        Assert.Single(versions, 1);
        Assert.Equal(19, versions.Count(version => version is null));
    }

    [Fact]
    public async Task Writes_that_wait_share_a_commit()
    {
        const int Writes = 40;
        var options = await store.CreateAsync();
        await using var service = new TestService(options);
        await service.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        await using var other = (SqliteConnection)
            await service.Database.Sessions.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = other.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        List<Task<int?>> writes;
        await using (other.BeginTransaction())
        {
            writes = [.. Enumerable.Range(0, Writes).Select(i => WriteAsync(service, $"s-{i}", null, Session(i)))];
        }

        Assert.All(await Task.WhenAll(writes), version => Assert.Equal(1, version));

        // The first write does not wait for more of them.
        Assert.InRange(Commits(options), 1, 2);
    }

    /// <summary>
    /// The commits in the log since it was emptied: of the frames with the log's salt, those that say how large the database is then
    /// (https://www.sqlite.org/fileformat.html#the_write_ahead_log).
    /// </summary>
    private static int Commits(StorageOptions options)
    {
        const int Header = 32;
        const int FrameHeader = 24;
        using var file = new FileStream(
            Path.Combine(options.DataPath, "sessions.db-wal"),
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        var log = new byte[file.Length];
        file.ReadExactly(log);
        var page = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var commits = 0;
        for (var frame = Header; frame + FrameHeader + page <= log.Length; frame += FrameHeader + page)
        {
            var isOfThisLog = log.AsSpan(frame + 8, 8).SequenceEqual(log.AsSpan(16, 8));
            commits += isOfThisLog && BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(frame + 4)) > 0 ? 1 : 0;
        }

        return commits;
    }

    private static Task<int?> WriteAsync(
        TestService service,
        string key,
        int? known,
        string payload,
        string? audit = null,
        string type = "session"
    ) => service.Database.WriteAsync(new StateWrite(service.ServiceId, type, key, known, Encoding.UTF8.GetBytes(payload)), audit);

    private static string Session(int number) => $$"""{"id":"{{number}}","userId":"u","createdAt":{{number}},"creatorId":"c"}""";

    private static string User(string id, string loginName) =>
        $$$"""{"id":"{{{id}}}","directory":{"loginName":"{{{loginName}}}","loginNameKey":"{{{loginName}}}"}}""";

    private static string Audit(string target) =>
        $$"""[{"at":1,"kind":"k","outcome":0,"actorKind":0,"targetKind":0,"targetId":"{{target}}","count":1}]""";
}
