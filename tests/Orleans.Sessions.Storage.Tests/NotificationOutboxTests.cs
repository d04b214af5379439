using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Messages are stored with the write that causes them. One worker at a time delivers each message.</summary>
public abstract class NotificationOutboxTests(TestStore store)
{
    private const string Events = "select session_id, user_id, type, at from session_event where service_id = @service order by id";
    private static readonly DateTimeOffset s_now = Instant.FromMicroseconds(1_750_000_000_000_000);
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Messages_of_sessions_and_users_are_appended_by_their_write()
    {
        await using var service = store.NewService();
        await service.SessionAsync(
            "1",
            new() { ["userId"] = "u", ["outbox"] = new JsonArray(Message("otp", "m1"), Message("other", "m2")) }
        );
        await service.SessionAsync("2", []);
        await UserAsync(service, "u", Message("email", "m3"));
        await UserAsync(service, "v");

        var claimed = await ClaimAsync(service, 10);

        Assert.Equal(["m1", "m2", "m3"], claimed.Select(message => message.Id).Order());
        var first = claimed.Single(message => message.Id == "m1");
        Assert.Equal(
            ("s-1", "otp", "secret+m1", s_now.AddMinutes(5), 1),
            (first.GrainKey, first.Kind, first.Content, first.ExpiresAt, first.Attempts)
        );
        Assert.Equal("u-u", claimed.Single(message => message.Id == "m3").GrainKey);
    }

    [Fact]
    public async Task A_conflict_appends_no_message()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", []);

        Assert.Null(await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) }));
        Assert.Null(await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) }, version: 7));

        Assert.Empty(await ClaimAsync(service, 10));
    }

    [Fact]
    public async Task Messages_that_are_dropped_go_unsent()
    {
        await using var service = store.NewService();
        await UserAsync(service, "u", Message("email", "m1"));
        await UserAsync(service, "v", Message("email", "m2"));

        await service.UserAsync("u", new() { ["state"] = 4 }, 1, new MessagesDropped());
        await service.UserAsync("v", new() { ["state"] = 1 }, 1);

        Assert.Equal("m2", Assert.Single(await ClaimAsync(service, 10)).Id);
    }

    [Theory]
    [InlineData("session.terminated")]
    [InlineData("session.expired")]
    public async Task A_message_of_a_session_that_is_over_goes_unsent(string end)
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) });
        await service.SessionAsync("2", new() { ["outbox"] = new JsonArray(Message("otp", "m2")) });

        await service.SessionAsync(
            "1",
            new()
            {
                ["events"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = end,
                        ["reason"] = "x",
                        ["at"] = 1,
                    }
                ),
            },
            version: 1
        );

        Assert.Equal("m2", Assert.Single(await ClaimAsync(service, 10)).Id);
    }

    [Fact]
    public async Task A_newer_message_of_a_kind_replaces_the_one_before()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "old")) });
        var old = Assert.Single(await ClaimAsync(service, 10));
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "new")) }, version: 1);

        await service.Outbox.SentAsync(old, s_now, default);
        await service.Outbox.DropAsync(old, default);

        var message = Assert.Single(await ClaimAsync(service, 10));
        Assert.Equal(("new", 1), (message.Id, message.Attempts));
    }

    [Fact]
    public async Task A_claimed_message_is_nobody_elses_until_the_lease_is_over()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) });
        Assert.Empty(await service.Outbox.ClaimAsync(s_now.AddSeconds(-1), s_lease, 10, default));
        Assert.Single(await ClaimAsync(service, 10));

        Assert.Empty(await ClaimAsync(service, 10));
        Assert.Empty(await service.Outbox.ClaimAsync(s_now + s_lease - TimeSpan.FromSeconds(1), s_lease, 10, default));

        Assert.Equal(2, Assert.Single(await service.Outbox.ClaimAsync(s_now + s_lease, s_lease, 10, default)).Attempts);
    }

    [Fact]
    public async Task Claimers_at_the_same_time_share_the_messages()
    {
        await using var service = store.NewService();
        for (var i = 0; i < 40; i++)
        {
            await service.SessionAsync($"{i}", new() { ["outbox"] = new JsonArray(Message("otp", $"m{i}")) });
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ClaimAsync(service, 5))));

        Assert.Equal(claims.Sum(claim => claim.Count), claims.SelectMany(claim => claim).Select(message => message.Id).Distinct().Count());
        var rest = await ClaimAsync(service, 100);
        Assert.Equal(40, claims.Sum(claim => claim.Count) + rest.Count);
    }

    [Fact]
    public async Task A_sent_message_goes_and_leaves_its_event()
    {
        await using var service = store.NewService();
        await service.SessionAsync(
            "1",
            new() { ["userId"] = "u", ["outbox"] = new JsonArray(Message("otp", "m1", "session.otp.sms.sent"), Message("silent", "m2")) }
        );
        foreach (var message in await ClaimAsync(service, 10))
        {
            await service.Outbox.SentAsync(message, s_now, default);
            await service.Outbox.SentAsync(message, s_now, default);
        }

        Assert.Equal(["1|u|session.otp.sms.sent|1750000000000000"], await service.RowsAsync(Events));
        Assert.Empty(await service.RowsAsync("select id from notification where service_id = @service"));
    }

    [Fact]
    public async Task A_failed_message_is_due_again_and_a_dropped_one_is_not()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1"), Message("other", "m2")) });
        var claimed = await ClaimAsync(service, 10);
        await service.Outbox.RetryAsync(claimed.Single(message => message.Id == "m1"), s_now.AddSeconds(2), default);
        await service.Outbox.DropAsync(claimed.Single(message => message.Id == "m2"), default);

        Assert.Empty(await service.Outbox.ClaimAsync(s_now.AddSeconds(1), s_lease, 10, default));
        var again = Assert.Single(await service.Outbox.ClaimAsync(s_now.AddSeconds(2), s_lease, 10, default));
        Assert.Equal(("m1", 2), (again.Id, again.Attempts));
        Assert.Empty(await service.RowsAsync(Events));
    }

    [Fact]
    public async Task Who_lost_the_claim_neither_puts_off_nor_drops()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) });
        var late = Assert.Single(await ClaimAsync(service, 10));
        await service.Outbox.ClaimAsync(s_now + s_lease, s_lease, 10, default);

        await service.Outbox.RetryAsync(late, s_now, default);
        await service.Outbox.DropAsync(late, default);

        Assert.Empty(await service.Outbox.ClaimAsync(s_now + s_lease, s_lease, 10, default));
        Assert.Single(await service.Outbox.ClaimAsync(s_now + (2 * s_lease), s_lease, 10, default));
    }

    [Fact]
    public async Task Text_that_columns_cannot_hold_is_no_obstacle()
    {
        await using var service = store.NewService();
        await service.UserAsync("u", new() { ["nickName"] = "a\0b\ud800c" }, null, StoredJson.Message(Message("email", "m1"), null, "u"));

        Assert.Single(await ClaimAsync(service, 10));
        Assert.Equal(["a\u0001b\ufffdc"], await service.RowsAsync("select nick_name from user_state where service_id = @service"));
    }

    private static Task<IReadOnlyList<PendingNotification>> ClaimAsync(TestService service, int limit) =>
        service.Outbox.ClaimAsync(s_now, s_lease, limit, default);

    private static Task<int?> UserAsync(TestService service, string id, params JsonObject[] messages) =>
        service.UserAsync(id, [], null, [.. messages.Select(message => StoredJson.Message(message, null, id))]);

    private static JsonObject Message(string kind, string id, string? sentEvent = null) =>
        new()
        {
            ["kind"] = kind,
            ["id"] = id,
            ["content"] = $"secret+{id}",
            ["sentEvent"] = sentEvent,
            ["dueAt"] = Instant.ToMicroseconds(s_now),
            ["expiresAt"] = Instant.ToMicroseconds(s_now.AddMinutes(5)),
        };

    public sealed class OnSqlite(SqliteStore store) : NotificationOutboxTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : NotificationOutboxTests(store);
}
