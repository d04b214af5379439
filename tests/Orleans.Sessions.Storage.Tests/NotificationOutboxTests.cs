using System.Text.Json.Nodes;
using Orleans.Sessions.Directory;

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
        await service.WriteAsync("instance", "i-1", """{"outbox":[{"kind":"a","id":"b","content":"c","dueAt":1,"expiresAt":2}]}""");

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
    public async Task A_record_that_still_carries_its_message_does_not_send_it_again()
    {
        await using var service = store.NewService();
        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) });
        await UserAsync(service, "u", Message("email", "m2"));
        foreach (var message in await ClaimAsync(service, 10))
        {
            await service.Outbox.SentAsync(message, s_now, default);
        }

        await service.SessionAsync("1", new() { ["outbox"] = new JsonArray(Message("otp", "m1")) }, version: 1);
        await service.UserAsync("u", new JsonObject { ["nickName"] = "m3" }, version: 1);

        Assert.Empty(await ClaimAsync(service, 10));
    }

    [Theory]
    [InlineData(UserState.Inactive)]
    [InlineData(UserState.Deleted)]
    [InlineData(UserState.Locked)]
    public async Task A_message_to_somebody_who_cannot_log_in_any_more_goes_unsent(UserState state)
    {
        await using var service = store.NewService();
        await UserAsync(service, "u", Message("email", "m1"));
        await UserAsync(service, "v", Message("email", "m2"));

        await service.UserAsync("u", new JsonObject { ["state"] = (int)state }, version: 1);
        await service.UserAsync("v", new JsonObject { ["state"] = (int)UserState.Active }, version: 1);

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
    public async Task What_is_in_a_message_is_kept_in_the_outbox_only_and_the_record_is_as_it_was()
    {
        await using var service = store.NewService();
        for (int? version = null; version is null or 1; version = (version ?? 0) + 1)
        {
            var number = version ?? 0;
            var session = new JsonObject
            {
                ["createdAt"] = 1,
                ["metadata"] = new JsonObject { ["a\0b\"c+\u00e4\\"] = "MQ==" },
                ["outbox"] = new JsonArray(Message("otp", $"m{number}"), Message("other", $"n{number}")),
                ["events"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = $"event{number}",
                        ["reason"] = "x",
                        ["at"] = 1,
                    }
                ),
            };
            Assert.Equal(number + 1, await service.SessionAsync("1", session, version));

            var kept = JsonNode.Parse((await service.ReadAsync("session", "s-1"))!)!;
            foreach (var message in session["outbox"]!.AsArray())
            {
                message!["content"] = "";
            }

            Assert.True(JsonNode.DeepEquals(session, kept), kept.ToJsonString());
            Assert.Equal(
                [$"secret+m{number}", $"secret+n{number}"],
                (await ClaimAsync(service, 10)).Select(message => message.Content).Order()
            );
        }

        Assert.Equal(
            ["event0", "event1"],
            await service.RowsAsync("select type from session_event where service_id = @service order by id")
        );
        await UserAsync(service, "u", Message("email", "m"));
        Assert.DoesNotContain("secret", await service.ReadAsync("user", "u-u"), StringComparison.Ordinal);
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
        var user = new JsonObject
        {
            ["id"] = "u",
            ["directory"] = new JsonObject { ["nickName"] = "a\0b\"outbox\":" },
            ["outbox"] = new JsonArray(Message("email", "m1")),
        };
        await service.WriteAsync("user", "u-u", user.ToJsonString());

        Assert.Single(await ClaimAsync(service, 10));
    }

    private static Task<IReadOnlyList<PendingNotification>> ClaimAsync(TestService service, int limit) =>
        service.Outbox.ClaimAsync(s_now, s_lease, limit, default);

    private static Task<int?> UserAsync(TestService service, string id, params JsonNode[] messages)
    {
        var user = new JsonObject { ["id"] = id, ["directory"] = new JsonObject() };
        if (messages.Length > 0)
        {
            user["outbox"] = new JsonArray(messages);
        }

        return service.WriteAsync("user", $"u-{id}", user.ToJsonString());
    }

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
