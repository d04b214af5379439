using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>A state is written whole, in the version that its writer knows, or not at all.</summary>
public abstract class StateWriteTests(ConformingStore store)
{
    private static readonly string s_key = GrainKeys.User("1");

    [Fact]
    public async Task What_is_written_is_read()
    {
        await using var service = store.NewService();
        Assert.Null(await service.ReadAsync(StateNames.Instance, s_key));

        Assert.Equal(1, await WriteAsync(service, "one"));
        Assert.Equal(2, await WriteAsync(service, "two", 1));

        Assert.Equal(Json("two"), await service.ReadAsync(StateNames.Instance, s_key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_write_of_another_version_conflicts_and_changes_nothing(int? version)
    {
        await using var service = store.NewService();
        await WriteAsync(service, "one");
        await WriteAsync(service, "two", 1);

        Assert.Null(await WriteAsync(service, "other", version));

        Assert.Equal(Json("two"), await service.ReadAsync(StateNames.Instance, s_key));
    }

    [Fact]
    public async Task Of_racing_writes_of_one_version_one_wins()
    {
        await using var service = store.NewService();

        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => WriteAsync(service, $"{n}"))));

        Assert.Single(versions, 1);
        Assert.Equal(7, versions.Count(version => version is null));
    }

    [Fact]
    public async Task A_write_that_is_refused_leaves_nothing_of_its_effects()
    {
        await using var service = store.NewService();
        var verified = new JsonObject { ["email"] = "a", ["isEmailVerified"] = true };
        await service.UserAsync("1", verified);

        var fault = await ConformingService.FaultAsync(() =>
            service.UserAsync("2", new(), null, new IdentityLinked("idp", "x", "2"), new OwnerGained(), new EmailClaimed("a"))
        );

        Assert.Equal(StorageFault.UniqueViolation, fault);
        Assert.Null(await service.ReadAsync(StateNames.User, GrainKeys.User("2")));
        Assert.Null(await service.Users.FindByIdentityAsync("idp", "x", default));
        Assert.Empty(await service.Users.OrganizationsOfOwnersAsync(1, default));
    }

    private static Task<int?> WriteAsync(ConformingService service, string text, int? version = null) =>
        service.WriteAsync(StateNames.Instance, s_key, Json(text), version: version);

    private static string Json(string text) => $$"""{"text":"{{text}}"}""";

    public sealed class OnSqlite(SqliteStore store) : StateWriteTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : StateWriteTests(store);

    public sealed class InMemory(MemoryOnly store) : StateWriteTests(store);
}
