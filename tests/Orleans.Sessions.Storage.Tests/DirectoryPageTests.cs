using System.Text.Json.Nodes;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Order, pages, totals and visibility of the searches that every store can answer.</summary>
public abstract class DirectoryPageTests(ConformingStore store) : IAsyncLifetime
{
    private static readonly Visibility s_everything = new() { Everything = true };

    private readonly ConformingService _service = store.NewService();

    /// <summary>The users a, b and c, a deleted user, three sessions of a, an ended one, and one of another user.</summary>
    public async ValueTask InitializeAsync()
    {
        await _service.UserAsync("a", User(1, "o1", "Anna"));
        await _service.UserAsync("b", User(2, "o1", "Bea"));
        await _service.UserAsync("c", User(2, "o2", "Cleo"));
        await _service.UserAsync("gone", User(3, "o1", null, UserState.Deleted));
        await _service.SessionAsync("s1", Session(1, "a", creator: "login"));
        await _service.SessionAsync("s2", Session(2, "a", creator: "a", fingerprint: "f"));
        await _service.SessionAsync("s3", Session(2, "a", organization: "o1"));
        await _service.SessionAsync("s4", Session(3, "a", ended: 4));
        await _service.SessionAsync("s5", Session(4, "b"));
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _service.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 9, false, "cba")]
    [InlineData(0, 9, true, "abc")]
    [InlineData(1, 1, false, "b")]
    [InlineData(3, 9, false, "")]
    public async Task Users_come_newest_first_in_pages(long offset, int limit, bool ascending, string ids)
    {
        var query = new UserQuery
        {
            Offset = offset,
            Limit = limit,
            Ascending = ascending,
        };

        var page = await _service.Users.SearchAsync(query, s_everything, default);

        Assert.Equal(ids, string.Concat(TestService.IdsOf(page.Rows)));
        Assert.Equal((3, true), (page.Total, page.IsTotalExact));
        Assert.Equal(3, await _service.Users.CountAsync(query, s_everything, default));
    }

    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("a", "o2", "ca")]
    [InlineData("nobody", "o1", "ba")]
    [InlineData("nobody", "", "")]
    [InlineData("gone", "", "")]
    public async Task Callers_see_themselves_and_the_users_of_their_organizations(string caller, string organization, string ids)
    {
        var page = await _service.Users.SearchAsync(new UserQuery(), SeenBy(caller, organization), default);

        Assert.Equal(ids, string.Concat(TestService.IdsOf(page.Rows)));
        Assert.Equal(ids.Length, page.Total);
    }

    [Fact]
    public async Task All_filters_of_users_must_match()
    {
        UserFilter[] filters = [new UserFilter.Ids(["a", "c", "gone"]), new UserFilter.Organization("o1")];

        var page = await _service.Users.SearchAsync(new UserQuery { Filters = [.. filters] }, s_everything, default);

        Assert.Equal(["a"], TestService.IdsOf(page.Rows));
    }

    [Theory]
    [InlineData(0, 9, false, "s3 s2 s1")]
    [InlineData(0, 9, true, "s1 s2 s3")]
    [InlineData(1, 1, false, "s2")]
    [InlineData(3, 9, false, "")]
    public async Task Sessions_of_a_user_come_newest_first_in_pages(long offset, int limit, bool ascending, string ids)
    {
        var query = OfA with { Offset = offset, Limit = limit, Ascending = ascending };

        var page = await _service.Sessions.SearchAsync(query, s_everything, default);

        Assert.Equal(ids, Ids(page.Rows));
        Assert.Equal((3, true), (page.Total, page.IsTotalExact));
        Assert.Equal(3, await _service.Sessions.CountAsync(query, s_everything, default));
    }

    [Theory]
    [InlineData("a", null, "", "s3 s2 s1")]
    [InlineData("login", null, "", "s1")]
    [InlineData("", "f", "", "s2")]
    [InlineData("nobody", "", "o1", "s3")]
    [InlineData("", "", "", "")]
    public async Task Callers_see_the_sessions_they_have_made_are_in_or_may_read(
        string caller,
        string? agent,
        string organization,
        string ids
    )
    {
        var page = await _service.Sessions.SearchAsync(OfA, SeenBy(caller, organization) with { AgentId = agent }, default);

        Assert.Equal(ids, Ids(page.Rows));
    }

    [Fact]
    public async Task The_newest_sessions_of_a_user_come_with_the_names_of_today()
    {
        var rows = await _service.Sessions.OfUserAsync("a", 2, default);

        Assert.Equal("s3 s2", Ids(rows));
        Assert.All(rows, row => Assert.Equal(("Anna", "Anna A."), (row.LoginName, row.DisplayName)));
        Assert.All(rows, row => Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(7), row.PasswordChangedAt));
    }

    private static SessionQuery OfA => new() { Filters = [new SessionFilter.User("a")] };

    private static Visibility SeenBy(string caller, string organization) =>
        new() { CallerId = caller, Organizations = [.. organization.Split(',', StringSplitOptions.RemoveEmptyEntries)] };

    private static string Ids(IEnumerable<SessionRow> rows) => string.Join(' ', TestService.IdsOf(rows.Select(row => row.Payload)));

    private static JsonObject User(int created, string organization, string? name, UserState state = UserState.Active) =>
        new()
        {
            ["state"] = (int)state,
            ["organizationId"] = organization,
            ["createdAt"] = created * 1_000_000L,
            ["loginName"] = name,
            ["loginNameKey"] = name is null ? null : TextKey.Of(name),
            ["displayName"] = name is null ? null : $"{name} A.",
            ["passwordChangedAt"] = 7_000_000,
        };

    private static JsonObject Session(
        int created,
        string user,
        string? creator = null,
        string? organization = null,
        string? fingerprint = null,
        int? ended = null
    ) =>
        new()
        {
            ["createdAt"] = created * 1_000_000L,
            ["userId"] = user,
            ["creatorId"] = creator,
            ["organizationId"] = organization,
            ["fingerprintId"] = fingerprint,
            ["endedAt"] = ended * 1_000_000L,
        };

    public sealed class OnSqlite(SqliteStore store) : DirectoryPageTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : DirectoryPageTests(store);

    public sealed class InMemory(MemoryOnly store) : DirectoryPageTests(store);
}
