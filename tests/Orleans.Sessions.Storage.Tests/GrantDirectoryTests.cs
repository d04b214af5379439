using Orleans.Sessions.Oidc;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Finds the access that a user has granted to applications, page by page.</summary>
public abstract class GrantDirectoryTests(TestStore store)
{
    [Fact]
    public async Task Logins_of_sessions_that_have_not_ended_are_found()
    {
        await using var service = await WithSessionAsync();
        await service.SessionAsync("over", new() { ["createdAt"] = 1 });
        await service.SessionAsync("over", new() { ["createdAt"] = 1, ["endedAt"] = 5 }, version: 1);
        await AuthorizationAsync(service, "o-good", "web");
        await AuthorizationAsync(service, "o-expired", "web", expires: 10);
        await AuthorizationAsync(service, "o-over", "web", session: "over");
        await AuthorizationAsync(service, "o-gone", "web", session: "gone");
        await AuthorizationAsync(service, "o-machine", "web", session: null);
        await AuthorizationAsync(service, "o-other", "web", user: "other");

        Assert.Equal([new("web", "good")], await FindAsync(service));
    }

    [Fact]
    public async Task Pages_follow_each_other_in_the_order_of_clients()
    {
        await using var service = await WithSessionAsync();
        UserGrantPosition[] all = [new("app", "2"), new("app", "9"), new("web", "1"), new("web", "3"), new("web", "4")];
        foreach (var (client, grant) in all.Reverse())
        {
            await AuthorizationAsync(service, $"o-{grant}", client);
        }

        List<UserGrantPosition> seen = [];
        for (
            var query = new UserGrantQuery(Limit: 2);
            await FindAsync(service, query) is { Count: > 0 } page;
            query = query with { After = page[^1] }
        )
        {
            seen.AddRange(page);
        }

        Assert.Equal(all, seen);
        Assert.Equal(all[2..], await FindAsync(service, new UserGrantQuery("web")));
        Assert.Equal(all[3..], await FindAsync(service, new UserGrantQuery("web", After: all[2])));
        Assert.Empty(await FindAsync(service, new UserGrantQuery("unknown")));
    }

    private static Task<IReadOnlyList<UserGrantPosition>> FindAsync(TestService service, UserGrantQuery? query = null) =>
        service.Grants.FindAsync("u", query ?? new UserGrantQuery(), Instant.FromMicroseconds(100), default);

    private async Task<TestService> WithSessionAsync()
    {
        var service = store.NewService();
        await service.SessionAsync("s", new() { ["createdAt"] = 1 });
        return service;
    }

    private static Task<int?> AuthorizationAsync(
        TestService service,
        string key,
        string client,
        string user = "u",
        string? session = "s",
        long expires = 1000
    ) =>
        service.WriteAsync(
            StateNames.Authorization,
            key,
            "{}",
            new(
                new AuthorizationColumns(
                    session is null ? null : GrainKeys.Session(session),
                    user,
                    client,
                    Instant.FromMicroseconds(expires)
                ),
                []
            )
        );
}

public sealed class GrantsOnSqlite(SqliteStore store) : GrantDirectoryTests(store);

public sealed class GrantsOnPostgreSql(PostgreSqlStore store) : GrantDirectoryTests(store);
