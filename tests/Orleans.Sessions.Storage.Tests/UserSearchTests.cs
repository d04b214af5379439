using System.Text.Json.Nodes;
using static Orleans.Sessions.UserFilter;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Every filter, order, page, total and visibility of a user search.</summary>
public abstract class UserSearchTests(TestStore store) : IAsyncLifetime
{
    private readonly TestService _service = store.NewService();

    /// <summary>Users a, b, c (created in this order) and a deleted user.</summary>
    public async ValueTask InitializeAsync()
    {
        await UserAsync("a", 1, UserState.Active, UserKind.Human, "o1", "Zoe_1", nick: "100%", email: "Zoe@Acme.example", phone: "+411");
        await UserAsync("b", 2, UserState.Locked, UserKind.Machine, "o1", "adam!x");
        await UserAsync("c", 3, UserState.Active, UserKind.Human, "o2", "ÄNNE", nick: "Änni", email: "aenne@acme.example");
        await UserAsync("deleted", 4, UserState.Deleted, UserKind.Human, "o1", null);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _service.DisposeAsync();
    }

    [Theory]
    [InlineData("Zoe_1", TextMethod.Equals, "a")]
    [InlineData("zoe_1", TextMethod.Equals, "")]
    [InlineData("zOE_1", TextMethod.EqualsIgnoreCase, "a")]
    [InlineData("änne", TextMethod.EqualsIgnoreCase, "c")]
    [InlineData("Zo", TextMethod.StartsWith, "a")]
    [InlineData("zo", TextMethod.StartsWith, "")]
    [InlineData("zo", TextMethod.StartsWithIgnoreCase, "a")]
    [InlineData("än", TextMethod.StartsWithIgnoreCase, "c")]
    [InlineData("oe_", TextMethod.Contains, "a")]
    [InlineData("OE", TextMethod.Contains, "")]
    [InlineData("OE", TextMethod.ContainsIgnoreCase, "a")]
    [InlineData("_1", TextMethod.EndsWith, "a")]
    [InlineData("NNE", TextMethod.EndsWith, "c")]
    [InlineData("nne", TextMethod.EndsWith, "")]
    [InlineData("nne", TextMethod.EndsWithIgnoreCase, "c")]
    [InlineData("%", TextMethod.Contains, "")]
    [InlineData("Zoe__", TextMethod.StartsWith, "")]
    [InlineData("m!x", TextMethod.EndsWith, "b")]
    [InlineData("", TextMethod.Contains, "cba")]
    [InlineData("' or 1=1 --", TextMethod.Equals, "")]
    public async Task By_user_name(string value, TextMethod method, string ids) =>
        Assert.Equal(ids, await FindAsync(new Text(UserTextField.UserName, value, method)));

    [Theory]
    [InlineData(UserTextField.LoginName, "zoe_1@o1", "a")]
    [InlineData(UserTextField.GivenName, "given zoe_1", "a")]
    [InlineData(UserTextField.FamilyName, "family zoe_1", "a")]
    [InlineData(UserTextField.NickName, "100%", "a")]
    [InlineData(UserTextField.DisplayName, "display änne", "c")]
    [InlineData(UserTextField.Email, "ZOE@acme.example", "a")]
    [InlineData(UserTextField.Phone, "+411", "a")]
    public async Task By_every_field_in_any_case(UserTextField field, string value, string ids) =>
        Assert.Equal(ids, await FindAsync(new Text(field, value, TextMethod.EqualsIgnoreCase)));

    [Fact]
    public async Task By_id_email_state_kind_and_organization()
    {
        Assert.Equal("cb", await FindAsync(new UserFilter.Ids(["b", "c", "deleted", "none"])));
        Assert.Equal("", await FindAsync(new UserFilter.Ids([])));
        Assert.Equal("a", await FindAsync(new Emails(["Zoe@Acme.example", "AENNE@acme.example"])));
        Assert.Equal("b", await FindAsync(new State(UserState.Locked)));
        Assert.Equal("", await FindAsync(new State(UserState.Deleted)));
        Assert.Equal("ca", await FindAsync(new Kind(UserKind.Human)));
        Assert.Equal("ba", await FindAsync(new Organization("o1")));
    }

    [Fact]
    public async Task Conditions_nest()
    {
        var human = new Kind(UserKind.Human);
        var first = new Organization("o1");
        Assert.Equal("a", await FindAsync(new And([human, first])));
        Assert.Equal("a", await FindAsync(human, first));
        Assert.Equal("cba", await FindAsync(new Or([human, first])));
        Assert.Equal("cb", await FindAsync(new Not(new And([human, first]))));
        Assert.Equal("c", await FindAsync(new And([human, new Not(new Or([first, new State(UserState.Locked)]))])));
        Assert.Equal("cba", await FindAsync(new And([])));
        Assert.Equal("", await FindAsync(new Or([])));
        Assert.Equal("", await FindAsync(new Not(new And([]))));
        Assert.Equal("cba", await FindAsync(new Not(new Or([]))));
    }

    [Fact]
    public async Task A_missing_field_does_not_match_and_so_its_negation_does()
    {
        var nick = new Text(UserTextField.NickName, "100%", TextMethod.Equals);
        Assert.Equal("cb", await FindAsync(new Not(nick)));
        Assert.Equal("a", await FindAsync(new Not(new Not(nick))));
        Assert.Equal("cb", await FindAsync(new Not(new And([nick, new Kind(UserKind.Human)]))));
        Assert.Equal("b", await FindAsync(new Not(new Or([nick, new Kind(UserKind.Human)]))));
        Assert.Equal("cb", await FindAsync(new Not(new Emails(["Zoe@Acme.example"]))));
    }

    [Theory]
    [InlineData("Team", TextMethod.Equals, "a")]
    [InlineData("TEAM", TextMethod.Equals, "")]
    [InlineData("tEAM", TextMethod.EqualsIgnoreCase, "ca")]
    [InlineData("Te", TextMethod.StartsWith, "a")]
    [InlineData("TE", TextMethod.StartsWithIgnoreCase, "ca")]
    [InlineData("_", TextMethod.Contains, "a")]
    [InlineData("%", TextMethod.Contains, "")]
    [InlineData("EA", TextMethod.ContainsIgnoreCase, "ca")]
    [InlineData("_ß", TextMethod.EndsWith, "a")]
    [InlineData("AM", TextMethod.EndsWithIgnoreCase, "ca")]
    [InlineData("x_ß", TextMethod.EqualsIgnoreCase, "a")]
    [InlineData("' or 1=1 --", TextMethod.Equals, "")]
    [InlineData("{metadata}", TextMethod.Contains, "")]
    public async Task By_the_key_of_metadata(string key, TextMethod method, string ids)
    {
        await WithMetadataAsync();

        Assert.Equal(ids, await FindAsync(new MetadataKey(key, method)));
    }

    [Fact]
    public async Task By_the_value_of_metadata_and_by_both_in_one_entry()
    {
        await WithMetadataAsync();
        MetadataKey team = new("team", TextMethod.EqualsIgnoreCase),
            other = new("X_ß", TextMethod.Equals);
        MetadataValue red = new([1, 2, 3]),
            notRed = new([1, 2, 3], Differs: true);

        Assert.Equal("a", await FindAsync(red));
        Assert.Equal("ca", await FindAsync(notRed));
        Assert.Equal("a", await FindAsync(team, red));
        Assert.Equal("c", await FindAsync(team, notRed));
        Assert.Equal("", await FindAsync(other, red));
        Assert.Equal("a", await FindAsync(new And([other, notRed])));
        Assert.Equal("a", await FindAsync(new And([other]), red));
        Assert.Equal("ca", await FindAsync(new Or([team, red])));
        Assert.Equal("b", await FindAsync(new Not(team)));
        Assert.Equal("cb", await FindAsync(new Not(new And([team, red]))));
        Assert.Equal("c", await FindAsync(new Organization("o2"), notRed));
    }

    [Theory]
    [InlineData(UserSortField.Unspecified, "abc")]
    [InlineData(UserSortField.CreationDate, "abc")]
    [InlineData(UserSortField.UserName, "bac")]
    [InlineData(UserSortField.GivenName, "bac")]
    [InlineData(UserSortField.FamilyName, "bac")]
    [InlineData(UserSortField.DisplayName, "bac")]
    [InlineData(UserSortField.NickName, "acb")]
    [InlineData(UserSortField.Email, "cab")]
    [InlineData(UserSortField.State, "acb")]
    [InlineData(UserSortField.Kind, "acb")]
    public async Task Sorted_with_ties_by_id_and_the_other_way_round(UserSortField field, string ids)
    {
        var query = new UserQuery { SortBy = field, Ascending = true };
        Assert.Equal(ids, await FindAsync(query));
        Assert.Equal(string.Concat(ids.Reverse()), await FindAsync(query with { Ascending = false }));
    }

    [Theory]
    [InlineData(0, 2, "cb")]
    [InlineData(2, 2, "a")]
    [InlineData(9, 2, "")]
    [InlineData(1, 100, "ba")]
    public async Task A_page_has_its_rows_and_the_total_of_all(long offset, int limit, string ids)
    {
        var page = await SearchAsync(new UserQuery { Offset = offset, Limit = limit }, new() { Everything = true });

        Assert.Equal(ids, string.Concat(TestService.IdsOf(page.Rows)));
        Assert.Equal(3, page.Total);
    }

    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("a", "o2", "ca")]
    [InlineData("nobody", "o1,o2", "cba")]
    [InlineData("nobody", "", "")]
    [InlineData("deleted", "", "")]
    public async Task Only_what_the_caller_may_see(string caller, string organizations, string ids)
    {
        var visibility = new Visibility
        {
            CallerId = caller,
            Organizations = [.. organizations.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        };

        var all = await SearchAsync(new UserQuery(), visibility);
        var page = await SearchAsync(new UserQuery { Limit = 1 }, visibility);

        Assert.Equal(ids, string.Concat(TestService.IdsOf(all.Rows)));
        Assert.Equal(ids.Length, page.Total);
        Assert.True(page.IsTotalExact);
        Assert.Equal(ids.Length, await _service.Users.CountAsync(new UserQuery { Limit = 1 }, visibility, default));
    }

    /// <summary>Gives metadata to the users a and c.</summary>
    private async Task WithMetadataAsync()
    {
        await UserAsync("a", 1, UserState.Active, UserKind.Human, "o1", "a", metadata: Metadata(("Team", [1, 2, 3]), ("X_ß", [255])));
        await UserAsync("c", 3, UserState.Active, UserKind.Human, "o2", "c", metadata: Metadata(("team", [4])));

        static JsonObject Metadata(params (string Key, byte[] Value)[] entries) =>
            new(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(entry.Value))));
    }

    private Task<string> FindAsync(params UserFilter[] filters) => FindAsync(new UserQuery { Filters = [.. filters] });

    private async Task<string> FindAsync(UserQuery query)
    {
        var page = await SearchAsync(query, new Visibility { Everything = true });
        Assert.Equal(page.Rows.Count, page.Total);
        return string.Concat(TestService.IdsOf(page.Rows));
    }

    private Task<DirectoryPage<ReadOnlyMemory<byte>>> SearchAsync(UserQuery query, Visibility visibility) =>
        _service.Users.SearchAsync(query, visibility, default);

    private Task<int?> UserAsync(
        string id,
        int created,
        UserState state,
        UserKind kind,
        string organization,
        string? name,
        string? nick = null,
        string? email = null,
        string? phone = null,
        JsonObject? metadata = null
    )
    {
        var directory = new JsonObject
        {
            ["state"] = (int)state,
            ["kind"] = (int)kind,
            ["organizationId"] = organization,
            ["createdAt"] = created,
            ["phone"] = phone,
            ["metadata"] = metadata,
        };
        Add("userName", name);
        Add("loginName", name is null ? null : $"{name}@{organization}");
        Add("givenName", name is null ? null : $"Given {name}");
        Add("familyName", name is null ? null : $"Family {name}");
        Add("displayName", name is null ? null : $"Display {name}");
        Add("nickName", nick);
        Add("email", email);
        return _service.UserAsync(id, directory, metadata is null ? null : 1);

        void Add(string field, string? value) =>
            (directory[field], directory[$"{field}Key"]) = (value, value is null ? null : TextKey.Of(value));
    }

    public sealed class OnSqlite(SqliteStore store) : UserSearchTests(store);

    public sealed class OnPostgreSql(PostgreSqlStore store) : UserSearchTests(store);
}
