using System.Text.Json.Nodes;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The searches of the sweepers: expired, stray and old sessions.</summary>
public abstract class SessionSweepTests(TestStore store)
{
    [Fact]
    public async Task Expired_are_those_past_their_date_whose_expiry_is_not_published_longest_first()
    {
        await using var service = store.NewService();
        await service.SessionAsync("later", Session(expires: 11));
        await service.SessionAsync("now", Session(expires: 10));
        await service.SessionAsync("first", Session(expires: 5));
        await service.SessionAsync("never", Session());
        await service.SessionAsync("published", Session(expires: 5, published: 6));
        await service.SessionAsync("ended", Session(expires: 5, ended: 4));

        Assert.Equal(["first", "now"], await service.Sessions.ExpiredAsync(At(10), 10, default));
        Assert.Equal(["first"], await service.Sessions.ExpiredAsync(At(10), 1, default));
    }

    [Fact]
    public async Task Purged_are_those_that_ended_or_whose_expiry_was_published_before_the_date()
    {
        await using var service = store.NewService();
        await service.SessionAsync("active", Session(expires: 20));
        await service.SessionAsync("never", Session());
        await service.SessionAsync("endedBefore", Session(expires: 20, ended: 9));
        await service.SessionAsync("endedLater", Session(ended: 10));
        await service.SessionAsync("published", Session(expires: 5, published: 6));
        await service.SessionAsync("publishedLater", Session(expires: 10, published: 11));
        await service.SessionAsync("unpublished", Session(expires: 5));

        Assert.Equal(1, await service.Sessions.PurgeAsync(At(10), 1, default));
        Assert.Equal(1, await service.Sessions.PurgeAsync(At(10), 10, default));
        Assert.Equal(0, await service.Sessions.PurgeAsync(At(10), 10, default));

        Assert.Equal(
            ["s-active", "s-endedLater", "s-never", "s-publishedLater", "s-unpublished"],
            await service.RowsAsync("select grain_key from session_state where service_id = @service order by grain_key")
        );
    }

    [Fact]
    public async Task Events_are_purged_by_when_they_happened()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        foreach (var (owner, id, at) in new[] { (service, "a", 8), (service, "b", 9), (service, "c", 10), (other, "d", 8) })
        {
            await owner.SessionAsync(
                id,
                new()
                {
                    ["createdAt"] = 1,
                    ["endedAt"] = at * 1_000_000L,
                    ["events"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = id,
                            ["reason"] = "Deleted",
                            ["at"] = at * 1_000_000L,
                        }
                    ),
                }
            );
        }

        Assert.Equal(1, await service.Sessions.PurgeEventsAsync(At(10), 1, default));
        Assert.Equal(1, await service.Sessions.PurgeEventsAsync(At(10), 10, default));
        Assert.Equal(0, await service.Sessions.PurgeEventsAsync(At(10), 10, default));

        Assert.Equal(["c"], await service.RowsAsync("select type from session_event where service_id = @service"));
        Assert.Equal(["d"], await other.RowsAsync("select type from session_event where service_id = @service"));
    }

    [Fact]
    public async Task Concurrent_purges_share_the_work()
    {
        await using var service = store.NewService();
        foreach (var id in Enumerable.Range(0, 30))
        {
            await service.SessionAsync($"{id}", Session(ended: 1));
        }

        var purged = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => service.Sessions.PurgeAsync(At(10), 30, default)));

        Assert.Equal(30, purged.Sum());
    }

    [Fact]
    public async Task Stray_are_sessions_of_an_epoch_that_the_user_has_ended()
    {
        await using var service = store.NewService();
        await service.UserAsync("u", new() { ["state"] = 1, ["sessionEpoch"] = 1 });
        await service.UserAsync(
            "u",
            new()
            {
                ["state"] = 1,
                ["sessionEpoch"] = 2,
                ["epochChangedAt"] = Instant.ToMicroseconds(TimeProvider.System.GetUtcNow()),
            },
            version: 1
        );
        await service.UserAsync("calm", new() { ["state"] = 1, ["sessionEpoch"] = 0 });
        await service.SessionAsync(
            "old",
            new()
            {
                ["userId"] = "u",
                ["userEpoch"] = 1,
                ["createdAt"] = 1,
            }
        );
        await service.SessionAsync(
            "current",
            new()
            {
                ["userId"] = "u",
                ["userEpoch"] = 2,
                ["createdAt"] = 1,
            }
        );
        await service.SessionAsync(
            "ended",
            new()
            {
                ["userId"] = "u",
                ["userEpoch"] = 1,
                ["createdAt"] = 1,
                ["endedAt"] = 2,
            }
        );
        await service.SessionAsync(
            "calm",
            new()
            {
                ["userId"] = "calm",
                ["userEpoch"] = 0,
                ["createdAt"] = 1,
            }
        );

        Assert.Equal(["old"], await service.Sessions.StrayAsync(10, default));
    }

    private static JsonObject Session(int? expires = null, int? published = null, int? ended = null) =>
        new()
        {
            ["createdAt"] = 1,
            ["expiresAt"] = expires * 1_000_000L,
            ["expiryPublishedAt"] = published * 1_000_000L,
            ["endedAt"] = ended * 1_000_000L,
        };

    private static DateTimeOffset At(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    public sealed class OnSqlite(SqliteStore store) : SessionSweepTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : SessionSweepTests(store);
}
