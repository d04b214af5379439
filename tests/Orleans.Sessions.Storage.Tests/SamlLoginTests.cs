using System.Text.Json.Nodes;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// The login itself records which session logged in at which service provider. The record is deleted some time after the session can no
/// longer end.
/// </summary>
public abstract class SamlLoginTests(TestStore store)
{
    [Fact]
    public async Task A_completed_request_says_which_session_a_name_has_at_a_service_provider()
    {
        await using var service = store.NewService();
        await RequestAsync(service, "q-1", expires: 10);
        Assert.Empty(await service.SamlLogins.FindAsync("urn:wiki", "ada", default));

        await RequestAsync(service, "q-1", "s", version: 1);
        await RequestAsync(service, "q-2", "s");
        await RequestAsync(service, "q-3", "s-2", nameId: "bob");
        await RequestAsync(service, "q-4", "s-3", entityId: "urn:other");

        Assert.Equal([new SamlLogin("s", "_s")], await service.SamlLogins.FindAsync("urn:wiki", "ada", default));
        Assert.Empty(await service.SamlLogins.FindAsync("urn:wiki", "", default));
    }

    [Fact]
    public async Task An_expired_request_goes_once_its_session_can_end_no_more()
    {
        await using var service = store.NewService();
        await service.SessionAsync("alive", new() { ["createdAt"] = 1 });
        await service.SessionAsync("ended", new() { ["createdAt"] = 1, ["endedAt"] = 5 });
        await RequestAsync(service, "q-alive", "alive");
        await RequestAsync(service, "q-ended", "ended");
        await RequestAsync(service, "q-open");
        await RequestAsync(service, "q-valid", expires: 100);

        Assert.Equal(2, await service.SamlLogins.PurgeAsync(Instant.FromMicroseconds(11), 10, default));

        Assert.Equal(
            ["q-alive", "q-valid"],
            await service.RowsAsync(
                "select grain_key from grain_state where service_id = @service and grain_type = 'saml_request' order by grain_key"
            )
        );
        Assert.Equal(
            ["q-alive", "q-valid"],
            await service.RowsAsync("select grain_key from saml_login where service_id = @service order by grain_key")
        );
    }

    [Fact]
    public async Task Of_a_session_that_lives_on_or_has_just_ended_the_latest_login_of_each_name_is_kept()
    {
        await using var service = store.NewService();
        await service.SessionAsync("s", new() { ["createdAt"] = 1 });
        await RequestAsync(service, "q-1", "s");
        await RequestAsync(service, "q-2", "s", nameId: "bob");
        await RequestAsync(service, "q-3", "s", entityId: "urn:other");
        await RequestAsync(service, "q-4");
        await RequestAsync(service, "q-4", "s", version: 1);

        Assert.Equal(1, await service.SamlLogins.PurgeAsync(Instant.FromMicroseconds(11), 10, default));
        Assert.Equal(
            ["q-2", "q-3", "q-4"],
            await service.RowsAsync("select grain_key from saml_login where service_id = @service order by grain_key")
        );
        Assert.Equal([new SamlLogin("s", "_s")], await service.SamlLogins.FindAsync("urn:wiki", "ada", default));

        var end = new JsonArray(
            new JsonObject
            {
                ["type"] = "session.terminated",
                ["reason"] = "Deleted",
                ["at"] = 12,
            }
        );
        await service.SessionAsync(
            "s",
            new()
            {
                ["createdAt"] = 1,
                ["endedAt"] = 12,
                ["events"] = end,
            },
            version: 1
        );
        var kept = Instant.FromMicroseconds(12) + TimeSpan.FromMinutes(10);
        Assert.Equal(0, await service.SamlLogins.PurgeAsync(kept, 10, default));
        Assert.Equal(
            ["urn:other", "urn:wiki"],
            (await service.SamlLogins.OfSessionAsync("s", default)).Select(participant => participant.EntityId)
        );
        Assert.Equal(3, await service.SamlLogins.PurgeAsync(kept + TimeSpan.FromMicroseconds(1), 10, default));
    }

    [Fact]
    public async Task A_session_has_one_login_at_each_service_provider_the_newest()
    {
        await using var service = store.NewService();
        await RequestAsync(service, "q-1", "s", expires: 10);
        await RequestAsync(service, "q-2", "s", expires: 30);
        await RequestAsync(service, "q-3", "s", expires: 20);
        await RequestAsync(service, "q-4", "s", entityId: "urn:other");
        await RequestAsync(service, "q-5", "s-2", entityId: "urn:third");
        await RequestAsync(service, "q-6");

        Assert.Equal(
            [new SamlParticipant("urn:other", "q-4"), new SamlParticipant("urn:wiki", "q-2")],
            await service.SamlLogins.OfSessionAsync("s", default)
        );
        Assert.Empty(await service.SamlLogins.OfSessionAsync("", default));
    }

    [Fact]
    public async Task A_logout_goes_when_it_has_expired()
    {
        await using var service = store.NewService();
        foreach (var (key, expires) in new[] { ("l-1", 10), ("l-2", 11), ("l-3", 12) })
        {
            var record = new JsonObject { ["expiresAt"] = expires }.ToJsonString();
            var version = await service.WriteAsync("saml_logout", key, record, null);
            await service.WriteAsync("saml_logout", key, record, version);
        }

        Assert.Equal(1, await service.SamlLogins.PurgeLogoutsAsync(Instant.FromMicroseconds(12), 1, default));
        Assert.Equal(1, await service.SamlLogins.PurgeLogoutsAsync(Instant.FromMicroseconds(12), 10, default));

        Assert.Equal(
            ["l-3"],
            await service.RowsAsync("select grain_key from grain_state where service_id = @service and grain_type = 'saml_logout'")
        );
        Assert.Equal(["l-3"], await service.RowsAsync("select grain_key from saml_logout where service_id = @service"));
    }

    private static Task<int?> RequestAsync(
        TestService service,
        string key,
        string? sessionId = null,
        string entityId = "urn:wiki",
        string nameId = "ada",
        long expires = 10,
        int? version = null
    )
    {
        var record = new JsonObject { ["entityId"] = entityId, ["expiresAt"] = expires };
        if (sessionId is not null)
        {
            (record["sessionId"], record["nameId"], record["sessionIndex"]) = (sessionId, nameId, $"_{sessionId}");
        }

        return service.WriteAsync("saml_request", key, record.ToJsonString(), version);
    }

    public sealed class OnSqlite(SqliteStore store) : SamlLoginTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : SamlLoginTests(store);
}
