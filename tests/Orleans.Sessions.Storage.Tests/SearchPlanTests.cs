using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// The searches of login pages and consoles use an index. SQLite names the index independently of the data; PostgreSQL has the same
/// indexes.
/// </summary>
public sealed class SearchPlanTests(SqliteStore store)
{
    private static readonly Visibility s_everything = new() { Everything = true };

    public static TheoryData<UserFilter, string> UserFilters =>
        new()
        {
            { new UserFilter.Text(UserTextField.LoginName, "ann", TextMethod.Equals), "user_by_login_name" },
            { new UserFilter.Text(UserTextField.LoginName, "ann", TextMethod.EqualsIgnoreCase), "user_by_login_name" },
            { new UserFilter.Text(UserTextField.UserName, "ann", TextMethod.Equals), "user_by_user_name" },
            { new UserFilter.Text(UserTextField.UserName, "ann", TextMethod.EqualsIgnoreCase), "user_by_user_name" },
            { new UserFilter.Text(UserTextField.Email, "ann@acme.example", TextMethod.Equals), "user_by_email" },
            { new UserFilter.Text(UserTextField.Email, "ann@acme.example", TextMethod.EqualsIgnoreCase), "user_by_email" },
            { new UserFilter.Emails(["ann@acme.example"]), "user_by_email" },
            { new UserFilter.Text(UserTextField.Phone, "+411", TextMethod.Equals), "user_by_phone" },
            { new UserFilter.Organization("o"), "user_by_organization" },
        };

    [Theory]
    [MemberData(nameof(UserFilters))]
    public async Task Users(UserFilter filter, string index)
    {
        await using var service = store.NewService();
        var sql = new SqlQuery().With("service", "s");
        await EnsureUsesAsync(index, sql, ((UserDirectory)service.Users).Page(new UserQuery { Filters = [filter] }, s_everything, sql));
    }

    public static TheoryData<SessionFilter?, string> SessionFilters =>
        new()
        {
            { null, "session_ended_by_created" },
            { new SessionFilter.User("u"), "session_ended_by_user" },
            { new SessionFilter.Creator("u"), "session_ended_by_creator" },
        };

    [Theory]
    [MemberData(nameof(SessionFilters))]
    public async Task Terminated_sessions(SessionFilter? filter, string index)
    {
        var sql = new SqlQuery().With("service", "s");
        var terminated = new SessionFilter.InState(SessionState.Terminated, DateTimeOffset.UnixEpoch);
        var query = new SessionQuery { Filters = filter is null ? [terminated] : [terminated, filter] };
        await EnsureUsesAsync(index, sql, SessionDirectory.Page(query, s_everything, sql));
    }

    /// <summary>Each part of what a caller may see has its own index, in a page and in the total.</summary>
    [Theory]
    [InlineData("session_by_user")]
    [InlineData("session_by_creator")]
    [InlineData("session_by_fingerprint")]
    [InlineData("session_by_organization")]
    public async Task What_the_caller_may_see(string index)
    {
        var visibility = new Visibility
        {
            CallerId = "u",
            AgentId = "f",
            Organizations = ["o", "p"],
        };
        var page = new SqlQuery().With("service", "s");
        var matching = new SqlQuery().With("service", "s");

        await EnsureUsesAsync(index, page, SessionDirectory.Page(new SessionQuery(), visibility, page));
        await EnsureUsesAsync(index, matching, SessionDirectory.Matching(new SessionQuery(), visibility, matching));
    }

    [Theory, InlineData("session_to_expire"), InlineData("session_expired")]
    public async Task The_total_by_expiration_date(string index)
    {
        var sql = new SqlQuery().With("service", "s");
        var query = new SessionQuery { Filters = [new SessionFilter.Expires(DateTimeOffset.UnixEpoch, Comparison.Less)] };
        await EnsureUsesAsync(index, sql, SessionDirectory.Matching(query, s_everything, sql));
    }

    [Fact]
    public async Task Grants()
    {
        var sql = new SqlQuery().With("service", "s").With("user", "u").With("now", 0).With("limit", 100);
        var condition = GrantDirectory.Condition(new UserGrantQuery("web", After: new UserGrantPosition("web", "g")), sql);
        var plan = await EnsureUsesAsync(
            "authorization_by_user",
            sql,
            GrantDirectory.FindText.Replace("{condition}", condition, StringComparison.Ordinal)
        );

        // The plan reads the session by its key and sorts nothing.
        Assert.Contains(plan, step => step.Contains("(grain_key=? AND service_id=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("ORDER BY", StringComparison.Ordinal));
    }

    private async Task<List<string>> EnsureUsesAsync(string index, SqlQuery query, string sql)
    {
        await using var service = store.NewService();
        var plan = await query.ReadAsync(service.Database, $"explain query plan {sql}", reader => reader.GetString(3), default);
        Assert.Contains(plan, step => $"{step} ".Contains($" {index} ", StringComparison.Ordinal));
        return plan;
    }
}
