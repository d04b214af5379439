using System.Text.Json.Nodes;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The other effects of the statement that writes a session: the typed columns and the outbox.</summary>
public abstract class SessionWriteTests(TestStore store)
{
    private const string Columns = """
        select user_id, organization_id, creator_id, fingerprint_id, created_at, expires_at, ended_at, expiry_published_at, user_epoch
        from session_state where service_id = @service
        """;

    private const string Events =
        "select session_id, user_id, sequence, type, reason, at from session_event where service_id = @service order by id";

    [Fact]
    public async Task Columns_are_set_by_every_write()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["creatorId"] = "c", ["createdAt"] = 1_750_000_000_000_000 });
        Assert.Equal(["||c||1750000000000000||||0"], await service.RowsAsync(Columns));

        await service.SessionAsync(
            "1",
            new()
            {
                ["userId"] = "u",
                ["organizationId"] = "o",
                ["creatorId"] = "c",
                ["fingerprintId"] = "f",
                ["createdAt"] = 1,
                ["expiresAt"] = 2,
                ["endedAt"] = 3,
                ["expiryPublishedAt"] = 4,
                ["userEpoch"] = 5,
            },
            version: 1
        );

        Assert.Equal(["u|o|c|f|1|2|3|4|5"], await service.RowsAsync(Columns));
    }

    [Fact]
    public async Task Events_are_appended_with_the_session()
    {
        await using var service = store.NewService();
        await service.SessionAsync(
            "1",
            new()
            {
                ["userId"] = "u",
                ["sequence"] = 1,
                ["events"] = new JsonArray(Event("created", 10)),
            }
        );
        await service.SessionAsync(
            "1",
            new()
            {
                ["userId"] = "u",
                ["sequence"] = 2,
                ["events"] = new JsonArray(),
            },
            version: 1
        );
        await service.SessionAsync(
            "1",
            new()
            {
                ["userId"] = "u",
                ["sequence"] = 3,
                ["events"] = new JsonArray(Event("checked", 20), Event("terminated", 21, "expired")),
            },
            version: 2
        );

        Assert.Equal(["1|u|1|created||10", "1|u|3|checked||20", "1|u|3|terminated|expired|21"], await service.RowsAsync(Events));
    }

    [Fact]
    public async Task A_conflict_appends_no_event()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", []);

        Assert.Null(await service.SessionAsync("1", new() { ["events"] = new JsonArray(Event("created", 1)) }));
        Assert.Null(await service.SessionAsync("1", new() { ["events"] = new JsonArray(Event("checked", 1)) }, version: 7));

        Assert.Empty(await service.RowsAsync(Events));
    }

    private static JsonObject Event(string type, long at, string? reason = null) =>
        new()
        {
            ["type"] = type,
            ["at"] = at,
            ["reason"] = reason,
        };

    public sealed class OnSqlite(SqliteStore store) : SessionWriteTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : SessionWriteTests(store);
}
