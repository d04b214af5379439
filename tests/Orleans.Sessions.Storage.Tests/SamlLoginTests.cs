using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// The login itself records which session logged in at which service provider. The record is deleted some time after the session can no
/// longer end.
/// </summary>
public abstract class SamlLoginTests(TestStore store)
{
    private const string Requests = "select grain_key from saml_request_state where service_id = @service order by grain_key";

    [Fact]
    public async Task A_completed_request_says_which_session_a_name_has_at_a_service_provider()
    {
        await using var service = await WithSessionsAsync("s", "s-2", "s-3");
        await RequestAsync(service, "q-1");
        Assert.Empty(await service.SamlLogins.FindAsync("urn:wiki", "ada", default));

        await LoginAsync(service, "q-1", "s", version: 1);
        await LoginAsync(service, "q-2", "s");
        await LoginAsync(service, "q-3", "s-2", nameId: "bob");
        await LoginAsync(service, "q-4", "s-3", entityId: "urn:other");

        Assert.Equal([new SamlLogin("s", "_s", "q-2")], await service.SamlLogins.FindAsync("urn:wiki", "ada", default));
        Assert.Empty(await service.SamlLogins.FindAsync("urn:wiki", "", default));
    }

    [Fact]
    public async Task Of_many_sessions_with_one_name_the_newest_login_comes_first()
    {
        await using var service = await WithSessionsAsync("s", "s-2", "s-3");
        await LoginAsync(service, "q-1", "s", at: 2);
        await LoginAsync(service, "q-2", "s-2", at: 3);
        await LoginAsync(service, "q-3", "s-3", at: 1);

        var found = await service.SamlLogins.FindAsync("urn:wiki", "ada", default);

        Assert.Equal(["q-2", "q-1", "q-3"], found.Select(login => login.RequestKey));
    }

    [Fact]
    public async Task An_expired_request_goes_once_its_session_can_end_no_more()
    {
        await using var service = await WithSessionsAsync("alive");
        await service.SessionAsync("ended", new() { ["createdAt"] = 1, ["endedAt"] = 5 });
        await LoginAsync(service, "q-alive", "alive");
        await LoginAsync(service, "q-ended", "ended");
        await RequestAsync(service, "q-open");
        await RequestAsync(service, "q-valid", expires: 100);

        Assert.Equal(2, await service.SamlLogins.PurgeAsync(At(11), 10, default));

        Assert.Equal(["q-alive", "q-valid"], await service.RowsAsync(Requests));
        Assert.Equal(["s-alive"], await service.RowsAsync("select session_key from saml_login where service_id = @service"));
    }

    [Fact]
    public async Task A_later_write_of_a_completed_request_does_not_let_it_go()
    {
        await using var service = await WithSessionsAsync("s");
        await LoginAsync(service, "q-1", "s");
        await RequestAsync(service, "q-1", version: 1);

        Assert.Equal(0, await service.SamlLogins.PurgeAsync(At(11), 10, default));
    }

    [Fact]
    public async Task Of_a_session_that_lives_on_or_has_just_ended_the_latest_login_of_each_name_is_kept()
    {
        await using var service = await WithSessionsAsync("s");
        await LoginAsync(service, "q-1", "s");
        await LoginAsync(service, "q-2", "s", nameId: "bob");
        await LoginAsync(service, "q-3", "s", entityId: "urn:other");
        await RequestAsync(service, "q-4");
        await LoginAsync(service, "q-4", "s", version: 1);

        Assert.Equal(1, await service.SamlLogins.PurgeAsync(At(11), 10, default));
        Assert.Equal(["q-2", "q-3", "q-4"], await service.RowsAsync(Requests));
        Assert.Equal([new SamlLogin("s", "_s", "q-4")], await service.SamlLogins.FindAsync("urn:wiki", "ada", default));

        var end = new JsonObject
        {
            ["type"] = "session.terminated",
            ["reason"] = "Deleted",
            ["at"] = 12,
        };
        await service.SessionAsync(
            "s",
            new()
            {
                ["createdAt"] = 1,
                ["endedAt"] = 12,
                ["events"] = new JsonArray(end),
            },
            version: 1
        );
        var kept = At(12) + TimeSpan.FromMinutes(10);
        Assert.Equal(0, await service.SamlLogins.PurgeAsync(kept, 10, default));
        Assert.Equal(
            ["urn:other", "urn:wiki"],
            (await service.SamlLogins.OfSessionAsync("s", default)).Select(participant => participant.EntityId)
        );
        Assert.Equal(3, await service.SamlLogins.PurgeAsync(kept + TimeSpan.FromMicroseconds(1), 10, default));
        Assert.Empty(await service.SamlLogins.OfSessionAsync("s", default));
    }

    [Fact]
    public async Task A_session_has_one_login_at_each_service_provider_the_newest()
    {
        await using var service = await WithSessionsAsync("s", "s-2");
        await LoginAsync(service, "q-1", "s", at: 1);
        await LoginAsync(service, "q-2", "s", nameId: "bob", at: 3);
        await LoginAsync(service, "q-3", "s", nameId: "eve", at: 2);
        await LoginAsync(service, "q-4", "s", entityId: "urn:other");
        await LoginAsync(service, "q-5", "s-2", entityId: "urn:third");
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
            var projection = new Projection(new SamlLogoutColumns(At(expires)), []);
            var version = await service.WriteAsync(StateNames.SamlLogout, key, "{}", projection);
            await service.WriteAsync(StateNames.SamlLogout, key, "{}", projection, version);
        }

        Assert.Equal(1, await service.SamlLogins.PurgeLogoutsAsync(At(12), 1, default));
        Assert.Equal(1, await service.SamlLogins.PurgeLogoutsAsync(At(12), 10, default));

        Assert.Equal(["l-3"], await service.RowsAsync("select grain_key from saml_logout_state where service_id = @service"));
    }

    [Fact]
    public async Task An_answer_that_nobody_fetched_goes_when_it_has_expired()
    {
        await using var service = store.NewService();
        foreach (var (key, expires) in new[] { ("r-1", 10), ("r-2", 11), ("r-3", 12) })
        {
            await service.WriteAsync(StateNames.SamlArtifact, key, "{}", new Projection(new SamlArtifactColumns(At(expires)), []));
        }

        Assert.Equal(1, await service.SamlLogins.PurgeArtifactsAsync(At(12), 1, default));
        Assert.Equal(1, await service.SamlLogins.PurgeArtifactsAsync(At(12), 10, default));

        Assert.Equal(["r-3"], await service.RowsAsync("select grain_key from saml_artifact_state where service_id = @service"));
    }

    private async Task<TestService> WithSessionsAsync(params string[] ids)
    {
        var service = store.NewService();
        foreach (var id in ids)
        {
            await service.SessionAsync(id, new() { ["createdAt"] = 1, ["userId"] = "u" });
        }

        return service;
    }

    private static Task<int?> RequestAsync(TestService service, string key, long expires = 10, int? version = null) =>
        service.WriteAsync(StateNames.SamlRequest, key, "{}", new(new SamlRequestColumns(At(expires)), []), version);

    private static Task<int?> LoginAsync(
        TestService service,
        string key,
        string sessionId,
        string entityId = "urn:wiki",
        string nameId = "ada",
        long at = 1,
        int? version = null
    ) =>
        service.WriteAsync(
            StateNames.SamlRequest,
            key,
            "{}",
            new(
                new SamlRequestColumns(At(10)),
                [new ServiceProviderLoggedIn(GrainKeys.Session(sessionId), entityId, nameId, $"_{sessionId}", At(at))]
            ),
            version
        );

    private static DateTimeOffset At(long microseconds) => Instant.FromMicroseconds(microseconds);

    public sealed class OnSqlite(SqliteStore store) : SamlLoginTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : SamlLoginTests(store);
}
