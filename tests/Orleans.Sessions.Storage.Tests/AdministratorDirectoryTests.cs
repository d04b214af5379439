using System.Text.Json.Nodes;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>The store itself keeps the list of users with roles, so it is right whichever version of this service writes a user.</summary>
public abstract class AdministratorDirectoryTests(ConformingStore store)
{
    internal const string Roles = """{"id":"{0}","roles":[{"roles":["IAM_OWNER"]}]}""";
    internal const string None = """{"id":"{0}","metadata":{"roles":"AA=="},"userName":"\u0022roles\u0022:["}""";

    [Fact]
    public async Task The_list_follows_every_write()
    {
        await using var service = store.NewService();
        await WriteAsync(service, "1", Roles);
        await WriteAsync(service, "2", None);
        await WriteAsync(service, "3", Roles);
        Assert.Equal(["1", "3"], await FoundAsync(service));

        await WriteAsync(service, "1", None, version: 1);
        await WriteAsync(service, "2", Roles, version: 1);
        Assert.Equal(["2", "3"], await FoundAsync(service));

        await WriteAsync(service, "2", Roles, version: 2);
        Assert.Equal(["2", "3"], await FoundAsync(service));
        Assert.Null(await WriteAsync(service, "3", None, version: 9));
        Assert.Equal(["2", "3"], await FoundAsync(service));
    }

    [Fact]
    public async Task The_list_can_be_limited_and_has_no_deleted_users_and_no_users_of_other_services()
    {
        await using var service = store.NewService();
        await using var other = store.NewService();
        await WriteAsync(other, "1", Roles);
        await WriteAsync(service, "2", Roles);
        await WriteAsync(service, "3", Roles, state: 3);
        await WriteAsync(service, "4", Roles);

        Assert.Equal(["2", "4"], await FoundAsync(service));
        Assert.Equal(["2"], await FoundAsync(service, limit: 1));
        Assert.Equal(["4"], await FoundAsync(service, afterId: "2", limit: 1));
        Assert.Empty(await FoundAsync(service, afterId: "4"));
        Assert.Equal(["4"], await FoundAsync(service, userIds: ["1", "3", "4", "5"]));
        Assert.Empty(await FoundAsync(service, userIds: []));
    }

    internal static Task<int?> WriteAsync(ConformingService service, string id, string json, int? version = null, int state = 1) =>
        service.WriteAsync(
            StateNames.User,
            GrainKeys.User(id),
            json.Replace("{0}", id, StringComparison.Ordinal),
            new Projection(StoredJson.User(id, new JsonObject { ["state"] = state }), []),
            version
        );

    internal static async Task<string[]> FoundAsync(
        ConformingService service,
        IReadOnlyList<string>? userIds = null,
        string? afterId = null,
        int limit = 10
    ) => TestService.IdsOf(await service.Users.WithRolesAsync(userIds, afterId, limit, TestContext.Current.CancellationToken));

    public sealed class OnSqlite(SqliteStore store) : AdministratorDirectoryTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : AdministratorDirectoryTests(store);

    public sealed class InMemory(MemoryOnly store) : AdministratorDirectoryTests(store);
}
