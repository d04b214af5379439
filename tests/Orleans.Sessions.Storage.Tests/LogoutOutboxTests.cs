using System.Text.Json.Nodes;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The end of a session also records which clients must be notified. Each client is notified once.</summary>
public abstract class LogoutOutboxTests(TestStore store)
{
    protected TestService NewService() => store.NewService();

    private static readonly TimeSpan s_lease = TimeSpan.FromMicroseconds(100);

    [Fact]
    public async Task Each_client_of_an_ended_session_is_owed_one_notification()
    {
        await using var service = store.NewService();
        await service.SessionAsync("s", new() { ["createdAt"] = 1 });
        await AuthorizationAsync(service, "o-1", "s", "web");
        await AuthorizationAsync(service, "o-2", "s", "web");
        await AuthorizationAsync(service, "o-3", "s", "app");
        await AuthorizationAsync(service, "o-4", "other", "web");
        await AuthorizationAsync(service, "o-5", null, "web");
        Assert.Empty(await service.Logouts.TakeAsync(At(1000), s_lease, UpTo(10), default));

        await service.SessionAsync("s", Ended("session.expired", 50), version: 1);
        await service.SessionAsync("s", Ended("session.terminated", 60), version: 2);

        Assert.Empty(await service.Logouts.TakeAsync(At(49), s_lease, UpTo(10), default));
        var owed = await service.Logouts.TakeAsync(At(50), s_lease, UpTo(10), default);
        Assert.Equal(["app", "web"], owed.Select(entry => entry.ClientId).Order());
        Assert.All(owed, entry =>
            Assert.Equal(
                ("s", "u", "https://id.example.com", "Expired", 0),
                (entry.SessionId, entry.UserId, entry.Issuer, entry.Reason, entry.Attempts)
            )
        );
    }

    [Fact]
    public async Task Until_a_session_ends_its_clients_are_known()
    {
        await using var service = store.NewService();
        await service.SessionAsync("s", new() { ["createdAt"] = 1 });
        await AuthorizationAsync(service, "o-1", "s", "web");
        await AuthorizationAsync(service, "o-2", "s", "web");
        await AuthorizationAsync(service, "o-3", "s", "app");
        await AuthorizationAsync(service, "o-4", "other", "web");

        Assert.Equal(
            [new LoggedInClient("app", "https://id.example.com"), new LoggedInClient("web", "https://id.example.com")],
            await service.Logouts.OfSessionAsync("s", default)
        );

        await service.SessionAsync("s", Ended("session.terminated", 60), version: 1);

        Assert.Empty(await service.Logouts.OfSessionAsync("s", default));
    }

    [Fact]
    public async Task What_is_taken_is_left_alone_until_the_lease_is_over()
    {
        await using var service = await WithOwedAsync(30);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => service.Logouts.TakeAsync(At(100), s_lease, UpTo(10), default)));
        var ids = taken.SelectMany(entries => entries).Select(entry => entry.Id).ToList();
        while (await service.Logouts.TakeAsync(At(100), s_lease, UpTo(10), default) is { Count: > 0 } more)
        {
            ids.AddRange(more.Select(entry => entry.Id));
        }

        Assert.Equal(30, ids.Distinct().Count());
        Assert.Equal(30, ids.Count);
        Assert.Empty(await service.Logouts.TakeAsync(At(199), s_lease, UpTo(10), default));
        Assert.Contains(Assert.Single(await service.Logouts.TakeAsync(At(200), s_lease, UpTo(1), default)).Id, ids);
    }

    [Fact]
    public async Task A_long_queue_of_one_client_keeps_no_other_waiting()
    {
        await using var service = store.NewService();
        foreach (var i in Enumerable.Range(0, 20))
        {
            await EndAsync(service, $"s-{i}", "slow", at: 10 + i);
        }

        await EndAsync(service, "s-a", "aaa", at: 100);
        await EndAsync(service, "s-z", "zzz", at: 101);

        var taken = await service.Logouts.TakeAsync(At(200), s_lease, new LogoutShares(100, 5, []), default);
        Assert.Equal(["aaa", "slow", "slow", "slow", "slow", "slow", "zzz"], taken.Select(entry => entry.ClientId).Order());
        Assert.Equal(
            ["s-0", "s-1", "s-2", "s-3", "s-4"],
            taken.Where(entry => entry.ClientId == "slow").Select(entry => entry.SessionId).Order()
        );
        Assert.Empty(await service.Logouts.TakeAsync(At(200), s_lease, new LogoutShares(100, 5, ["slow", "other"]), default));
        var more = await service.Logouts.TakeAsync(At(200), s_lease, new LogoutShares(3, 5, ["other"]), default);
        Assert.Equal(["s-5", "s-6", "s-7"], more.Select(entry => entry.SessionId).Order());
    }

    [Fact]
    public async Task What_another_node_has_taken_meanwhile_is_no_longer_this_ones()
    {
        await using var service = await WithOwedAsync(1);
        var late = Assert.Single(await service.Logouts.TakeAsync(At(100), s_lease, UpTo(1), default));
        var taken = Assert.Single(await service.Logouts.TakeAsync(At(200), s_lease, UpTo(1), default));

        await service.Logouts.DropAsync(late, default);
        await service.Logouts.ReleaseAsync(late, At(210), default);
        await service.Logouts.SettleAsync(late, LogoutState.Failed, At(220), "Timeout", default);
        Assert.Empty(await service.Logouts.TakeAsync(At(299), s_lease, UpTo(1), default));
        await service.Logouts.SettleAsync(taken, LogoutState.Delivered, At(230), LogoutOutcomes.Delivered, default);
        await service.Logouts.SettleAsync(late, LogoutState.Pending, At(240), "Timeout", default);
        await service.Logouts.DropAsync(taken, default);

        var entry = Assert.Single(await service.Logouts.ListAsync(new LogoutQuery(), default));
        Assert.Equal((LogoutState.Delivered, 1, LogoutOutcomes.Delivered), (entry.State, entry.Attempts, entry.Outcome));
    }

    [Fact]
    public async Task What_could_not_be_tried_is_taken_again_soon_and_was_no_attempt()
    {
        await using var service = await WithOwedAsync(1);
        var taken = Assert.Single(await service.Logouts.TakeAsync(At(100), s_lease, UpTo(10), default));

        await service.Logouts.ReleaseAsync(taken, At(110), default);

        Assert.Empty(await service.Logouts.TakeAsync(At(109), s_lease, UpTo(10), default));
        Assert.Equal(0, Assert.Single(await service.Logouts.TakeAsync(At(110), s_lease, UpTo(10), default)).Attempts);
    }

    [Fact]
    public async Task What_came_of_it_is_remembered_until_it_is_purged()
    {
        await using var service = await WithOwedAsync(4);
        var taken = await service.Logouts.TakeAsync(At(100), s_lease, UpTo(4), default);
        await service.Logouts.SettleAsync(taken[0], LogoutState.Delivered, At(110), LogoutOutcomes.Delivered, default);
        await service.Logouts.SettleAsync(taken[1], LogoutState.Pending, At(500), "Timeout", default);
        await service.Logouts.SettleAsync(taken[2], LogoutState.Failed, At(130), LogoutOutcomes.Rejected, default);
        await service.Logouts.DropAsync(taken[3], default);

        Assert.Equal(3, (await service.Logouts.ListAsync(new LogoutQuery(SessionId: "s"), default)).Count);
        Assert.Equal(
            LogoutOutcomes.Rejected,
            Assert.Single(await service.Logouts.ListAsync(new LogoutQuery(State: LogoutState.Failed), default)).Outcome
        );
        Assert.Equal(
            taken[0].ClientId,
            Assert.Single(await service.Logouts.ListAsync(new LogoutQuery(ClientId: taken[0].ClientId), default)).ClientId
        );
        Assert.Single(await service.Logouts.ListAsync(new LogoutQuery(Limit: 1), default));
        Assert.Empty(await service.Logouts.TakeAsync(At(499), s_lease, UpTo(10), default));
        var again = Assert.Single(await service.Logouts.TakeAsync(At(500), s_lease, UpTo(10), default));
        Assert.Equal((taken[1].Id, 1), (again.Id, again.Attempts));

        await service.Logouts.PurgeAsync(At(130), 10, default);
        Assert.Equal(2, (await service.Logouts.ListAsync(new LogoutQuery(), default)).Count);
    }

    [Fact]
    public async Task An_expired_authorization_is_deleted_and_its_client_is_notified_all_the_same()
    {
        await using var service = store.NewService();
        await service.SessionAsync("s", new() { ["createdAt"] = 1 });
        await AuthorizationAsync(service, "o-1", "s", "web", expires: 10);
        await AuthorizationAsync(service, "o-2", "s", "web", expires: 100);
        await AuthorizationAsync(service, "o-3", null, "web", expires: 10);

        Assert.Equal(1, await service.Logouts.PurgeAuthorizationsAsync(At(11), 1, default));
        Assert.Equal(1, await service.Logouts.PurgeAuthorizationsAsync(At(11), 10, default));
        Assert.Equal(["o-2"], await service.RowsAsync("select grain_key from authorization_state where service_id = @service"));
        await service.Logouts.PurgeAuthorizationsAsync(At(101), 10, default);

        await service.SessionAsync("s", Ended("session.terminated", 200), version: 1);
        Assert.Equal("web", Assert.Single(await service.Logouts.TakeAsync(At(200), s_lease, UpTo(10), default)).ClientId);
    }

    [Fact]
    public async Task A_login_of_a_session_that_has_ended_is_not_remembered()
    {
        await using var service = store.NewService();
        await service.SessionAsync("ended", new() { ["createdAt"] = 1 });
        await service.SessionAsync("ended", Ended("session.terminated", 5), version: 1);
        await service.SessionAsync(
            "expired",
            new()
            {
                ["createdAt"] = 1,
                ["expiresAt"] = 5,
                ["expiryPublishedAt"] = 6,
            }
        );
        await AuthorizationAsync(service, "o-1", "ended", "web");
        await AuthorizationAsync(service, "o-2", "expired", "web");
        await AuthorizationAsync(service, "o-3", "none", "web");

        Assert.Empty(await service.RowsAsync("select session_key from client_login where service_id = @service"));
    }

    private async Task<TestService> WithOwedAsync(int clients)
    {
        var service = store.NewService();
        await service.SessionAsync("s", new() { ["createdAt"] = 1 });
        foreach (var i in Enumerable.Range(0, clients))
        {
            await AuthorizationAsync(service, $"o-{i}", "s", $"client-{i}");
        }

        await service.SessionAsync("s", Ended("session.terminated", 100), version: 1);
        return service;
    }

    private static async Task EndAsync(TestService service, string session, string client, long at)
    {
        await service.SessionAsync(session, new() { ["createdAt"] = 1 });
        await AuthorizationAsync(service, $"o-{session}", session, client);
        await service.SessionAsync(session, Ended("session.terminated", at), version: 1);
    }

    private static LogoutShares UpTo(int limit) => new(limit, limit, []);

    private static Task<int?> AuthorizationAsync(
        TestService service,
        string key,
        string? session,
        string client,
        long expires = 1000,
        int? version = null
    ) =>
        service.WriteAsync(
            StateNames.Authorization,
            key,
            "{}",
            new(
                new AuthorizationColumns(session is null ? null : GrainKeys.Session(session), "u", client, At(expires)),
                session is null ? [] : [new ClientLoggedIn(GrainKeys.Session(session), client, "https://id.example.com", "u")]
            ),
            version
        );

    private static JsonObject Ended(string type, long at) =>
        new()
        {
            ["createdAt"] = 1,
            ["endedAt"] = at,
            ["events"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = type,
                    ["reason"] = type == "session.expired" ? "Expired" : "Deleted",
                    ["at"] = at,
                }
            ),
        };

    private static DateTimeOffset At(long microseconds) => Instant.FromMicroseconds(microseconds);

    public sealed class OnSqlite(SqliteStore store) : LogoutOutboxTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : LogoutOutboxTests(store)
    {
        [Fact]
        public async Task A_login_that_was_completed_while_its_session_ended_goes_with_the_session()
        {
            await using var service = NewService();
            await service.SessionAsync("s", new() { ["createdAt"] = 1 });
            await AuthorizationAsync(service, "o-1", "s", "web");
            // The end of the session did not see the login.
            await service.SessionAsync("s", new() { ["createdAt"] = 1, ["endedAt"] = 5 }, version: 1);

            Assert.Equal(1, await service.Sessions.PurgeAsync(At(10), 10, default));

            Assert.Empty(await service.RowsAsync("select session_key from client_login where service_id = @service"));
        }
    }
}
