namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>ListUsers: contract §11.1. Each test sees only users of its own organization.</summary>
public abstract class UserSearchTests(SharedHost host) : ContractTests(host)
{
    private readonly string _organizationId = Unique("org");

    /// <summary>Queries that find Daisy and not Minnie, by each field and each way to compare texts.</summary>
    public static TheoryData<string> DaisyQueries =>
        [
            """{"userNameQuery":{"userName":"NAME-daisy"}}""",
            """{"loginNameQuery":{"loginName":"NAME-daisy"}}""",
            """{"loginNameQuery":{"loginName":"NAME-DAISY","method":"TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE"}}""",
            """{"firstNameQuery":{"firstName":"Daisy"}}""",
            """{"firstNameQuery":{"firstName":"Da","method":"TEXT_QUERY_METHOD_STARTS_WITH"}}""",
            """{"firstNameQuery":{"firstName":"dA","method":"TEXT_QUERY_METHOD_STARTS_WITH_IGNORE_CASE"}}""",
            """{"lastNameQuery":{"lastName":"Duck"}}""",
            """{"lastNameQuery":{"lastName":"ck","method":"TEXT_QUERY_METHOD_ENDS_WITH"}}""",
            """{"lastNameQuery":{"lastName":"CK","method":"TEXT_QUERY_METHOD_ENDS_WITH_IGNORE_CASE"}}""",
            """{"nickNameQuery":{"nickName":"50%_"}}""",
            """{"nickNameQuery":{"nickName":"%","method":"TEXT_QUERY_METHOD_CONTAINS"}}""",
            """{"nickNameQuery":{"nickName":"_","method":"TEXT_QUERY_METHOD_ENDS_WITH"}}""",
            """{"displayNameQuery":{"displayName":"Daisy Däck"}}""",
            """{"displayNameQuery":{"displayName":"y D","method":"TEXT_QUERY_METHOD_CONTAINS"}}""",
            """{"displayNameQuery":{"displayName":"Y D","method":"TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE"}}""",
            """{"emailQuery":{"emailAddress":"NAME-daisy@example.com"}}""",
            """{"emailQuery":{"emailAddress":"DAISY@EXAMPLE.COM","method":"TEXT_QUERY_METHOD_ENDS_WITH_IGNORE_CASE"}}""",
            """{"inUserEmailsQuery":{"userEmails":["NAME-daisy@example.com","x@example.com"]}}""",
            """{"phoneQuery":{"number":"+41790000001"}}""",
            """{"phoneQuery":{"number":"0001","method":"TEXT_QUERY_METHOD_ENDS_WITH"}}""",
            """{"inUserIdsQuery":{"userIds":["ID-DAISY","unknown"]}}""",
            """{"stateQuery":{"state":"USER_STATE_INACTIVE"}}""",
            """{"andQuery":{"queries":[{"firstNameQuery":{"firstName":"Daisy"}},{"lastNameQuery":{"lastName":"Duck"}}]}}""",
            """{"orQuery":{"queries":[{"firstNameQuery":{"firstName":"Daisy"}},{"firstNameQuery":{"firstName":"Nobody"}}]}}""",
            """{"andQuery":{"queries":[{"typeQuery":{"type":"TYPE_HUMAN"}},{"notQuery":{"query":{"firstNameQuery":{"firstName":"Minnie"}}}}]}}""",
            """{"notQuery":{"query":{"orQuery":{"queries":[{"firstNameQuery":{"firstName":"Minnie"}},{"typeQuery":{"type":"TYPE_MACHINE"}}]}}}}""",
        ];

    [Theory]
    [MemberData(nameof(DaisyQueries))]
    public async Task Each_query_finds_who_it_describes(string query)
    {
        var name = Unique("user");
        var daisy = await PersonAsync($"{name}-daisy", "Daisy", "Duck", "Daisy Däck", "50%_", "+41790000001");
        await PersonAsync($"{name}-minnie", "Minnie", "Mouse", "Minnie Mouse", "Mini", "+41790000002");
        (
            await Admin.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId = _organizationId,
                    username = $"{name}-robot",
                    machine = new { name = "Robot" },
                }
            )
        ).Expect(200);
        (await Admin.PostAsync($"/v2/users/{daisy}/deactivate")).Expect(200);

        var found = await SearchAsync(
            query.Replace("NAME", name, StringComparison.Ordinal).Replace("ID-DAISY", daisy, StringComparison.Ordinal)
        );

        Assert.Equal([daisy], found.Texts("result", "userId"));
        Assert.Equal(1, found.Number("details.totalResult"));
        Assert.True(found.Has("details.timestamp"));
    }

    [Fact]
    public async Task Equals_minds_the_case_and_no_match_is_an_empty_answer()
    {
        var name = Unique("user");
        await PersonAsync(name, "Daisy", "Duck");

        foreach (
            var query in new[]
            {
                """{"firstNameQuery":{"firstName":"daisy"}}""",
                """{"firstNameQuery":{"firstName":"Dais"}}""",
                """{"firstNameQuery":{"firstName":"%aisy","method":"TEXT_QUERY_METHOD_STARTS_WITH"}}""",
                """{"orQuery":{}}""",
                """{"inUserIdsQuery":{}}""",
            }
        )
        {
            var found = await SearchAsync(query);
            Assert.False(found.Has("result"), query);
            Assert.False(found.Has("details.totalResult"), query);
        }
    }

    [Fact]
    public async Task A_listed_user_looks_like_a_read_one()
    {
        var id = await PersonAsync(Unique("user"), "Daisy", "Duck");

        var found = await SearchAsync("""{"typeQuery":{"type":"TYPE_HUMAN"}}""");

        var read = (await Admin.GetAsync($"/v2/users/{id}")).Expect(200)["user"]!;
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(read, found["result.0"]), found.Body);
    }

    [Fact]
    public async Task Pages_are_sorted_and_the_total_is_right()
    {
        foreach (var name in new[] { "Carol", "Alice", "Bob", "Dave" })
        {
            await PersonAsync(Unique("user"), name, "Duck");
        }

        Assert.Equal(["Alice", "Bob", "Carol", "Dave"], await SortedAsync(new { asc = true }, "USER_FIELD_NAME_FIRST_NAME"));
        Assert.Equal(["Dave", "Carol", "Bob", "Alice"], await SortedAsync(new { }, "USER_FIELD_NAME_FIRST_NAME"));
        Assert.Equal(
            ["Bob", "Carol"],
            await SortedAsync(
                new
                {
                    asc = true,
                    offset = 1,
                    limit = 2,
                },
                "USER_FIELD_NAME_FIRST_NAME"
            )
        );
        Assert.Equal(["Carol", "Alice", "Bob", "Dave"], await SortedAsync(new { asc = true }, "USER_FIELD_NAME_CREATION_DATE"));
        Assert.Empty(await SortedAsync(new { offset = 10 }, "USER_FIELD_NAME_FIRST_NAME"));
    }

    [Fact]
    public async Task A_page_has_at_most_a_thousand_users()
    {
        (await Admin.PostAsync("/v2/users", new { query = new { limit = 1001 } })).Expect(Failures.LimitExceeded);
    }

    [Fact]
    public async Task The_caller_sees_whom_it_may_and_the_total_counts_only_those()
    {
        var members = new[] { await PersonAsync(Unique("user"), "A", "B"), await PersonAsync(Unique("user"), "C", "D") };
        var manager = (await Admin.NewMachineAsync(organizationRole: "ORG_USER_MANAGER", organizationId: _organizationId)).Api;
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        var found = (
            await manager.PostAsync("/v2/users", new { queries = new[] { new { typeQuery = new { type = "TYPE_HUMAN" } } } })
        ).Expect(200);
        Assert.Equal(members.Order(), found.Texts("result", "userId").Order());
        Assert.Equal(2, found.Number("details.totalResult"));
        Assert.Equal([human.Id], (await self.PostAsync("/v2/users")).Expect(200).Texts("result", "userId"));
    }

    [Fact]
    public async Task A_search_shows_what_was_acknowledged_before_it()
    {
        var id = await PersonAsync(Unique("user"), "Daisy", "Duck");
        Assert.Equal([id], (await SearchAsync("""{"stateQuery":{"state":"USER_STATE_ACTIVE"}}""")).Texts("result", "userId"));

        (await Admin.PostAsync($"/v2/users/{id}/lock")).Expect(200);
        Assert.Equal([id], (await SearchAsync("""{"stateQuery":{"state":"USER_STATE_LOCKED"}}""")).Texts("result", "userId"));

        (await Admin.DeleteAsync($"/v2/users/{id}")).Expect(200);
        Assert.Empty((await SearchAsync("""{"typeQuery":{"type":"TYPE_HUMAN"}}""")).Items("result"));
    }

    [Fact]
    public async Task A_query_must_be_one()
    {
        (await Admin.PostAsync("/v2/users", new { queries = new[] { new { } } })).Expect(
            Failure.InvalidInside("ListUsersRequest.Queries[0]", "SearchQuery.Query: value is required")
        );
    }

    private async Task<string> PersonAsync(
        string username,
        string givenName,
        string familyName,
        string? displayName = null,
        string? nickName = null,
        string? phone = null
    ) => (
            await Admin.PostAsync(
                "/v2/users/human",
                new
                {
                    username,
                    organization = new { orgId = _organizationId },
                    profile = new
                    {
                        givenName,
                        familyName,
                        displayName,
                        nickName,
                    },
                    email = new { email = $"{username}@example.com", isVerified = true },
                    phone = phone is null ? null : new { phone, isVerified = true },
                }
            )
        ).Expect(200).Text("userId");

    private async Task<Reply> SearchAsync(string query) =>
        (
            await Admin.PostAsync(
                "/v2/users",
                new Raw(
                    $$$"""
                    {"queries":[{"organizationIdQuery":{"organizationId":"{{{_organizationId}}}"}},{{{query}}}]}
                    """
                )
            )
        ).Expect(200);

    private async Task<IReadOnlyList<string>> SortedAsync(object query, string sortingColumn)
    {
        var page = (
            await Admin.PostAsync(
                "/v2/users",
                new
                {
                    query,
                    sortingColumn,
                    queries = new[] { new { organizationIdQuery = new { organizationId = _organizationId } } },
                }
            )
        ).Expect(200);
        Assert.Equal(4, page.Number("details.totalResult"));
        return [.. page.Items("result").Select(user => user["human"]!["profile"]!["givenName"]!.GetValue<string>())];
    }
}

public sealed class UserSearchTestsOnSqlite(SqliteHost host) : UserSearchTests(host);

public sealed class UserSearchTestsOnPostgreSql(PostgreSqlHost host) : UserSearchTests(host);
