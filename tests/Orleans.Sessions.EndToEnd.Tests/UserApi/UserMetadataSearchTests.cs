using System.Text;

namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>
/// Metadata that users are created with, changed with and searched by. Each test sees only users of its own organization.
/// </summary>
public abstract class UserMetadataSearchTests(SharedHost host) : ContractTests(host)
{
    private readonly string _organizationId = Unique("org");

    [Fact]
    public async Task People_and_services_are_created_with_metadata_and_changed_with_it()
    {
        var person = await CreateAsync(
            new
            {
                profile = new { givenName = "Daisy", familyName = "Duck" },
                email = new { email = $"{Unique("mail")}@example.com", isVerified = true },
                metadata = new[] { Entry("old", "1"), Entry("both", "human") },
            },
            machine: null,
            Entry("both", "user"),
            Entry("new", "2")
        );
        var service = await CreateAsync(human: null, new { name = "Robot" }, Entry("kind", "robot"));

        Assert.Equal([("both", "user"), ("new", "2"), ("old", "1")], await ReadAsync(person));
        Assert.Equal([("kind", "robot")], await ReadAsync(service));

        var changes = new { metadata = new[] { Entry("kind", "drone"), Entry("since", "2026") } };
        (await Admin.PatchAsync($"/v2/users/{service}", changes)).Expect(200);
        Assert.Equal([("kind", "drone"), ("since", "2026")], await ReadAsync(service));
        Assert.Equal("Robot", (await Admin.GetAsync($"/v2/users/{service}")).Expect(200).Text("user.machine.name"));
    }

    [Fact]
    public async Task Nobody_changes_the_own_metadata_with_the_own_name()
    {
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        (await self.PatchAsync($"/v2/users/{human.Id}", new { human = new { profile = new { nickName = "D" } } })).Expect(200);
        (await self.PatchAsync($"/v2/users/{human.Id}", new { metadata = new[] { Entry("admin", "yes") } })).Expect(Failures.NoPermission);
        (
            await Admin.PatchAsync($"/v2/users/{human.Id}", new { metadata = Enumerable.Range(0, 101).Select(i => Entry($"k{i}", "1")) })
        ).Expect(Failures.TooMuchMetadata);
        Assert.Empty(await ReadAsync(human.Id));
    }

    /// <summary>Queries that find the first of three users: one with other values, one without metadata.</summary>
    public static TheoryData<string> Queries =>
        [
            """{"metadataKeyFilter":{"key":"Cost_Centre"}}""",
            """{"metadataKeyFilter":{"key":"cost_centre","method":"TEXT_FILTER_METHOD_EQUALS_IGNORE_CASE"}}""",
            """{"metadataKeyFilter":{"key":"t_C","method":"TEXT_FILTER_METHOD_CONTAINS"}}""",
            """{"metadataValueFilter":{"value":"QjE3"}}""",
            """{"metadataKeyFilter":{"key":"Cost_Centre"}},{"metadataValueFilter":{"value":"QjE3"}}""",
            """{"andQuery":{"queries":[{"metadataKeyFilter":{"key":"role"}},{"metadataValueFilter":{"value":"QjE3","method":1}}]}},"""
                + """{"metadataKeyFilter":{"key":"Cost_Centre"}}""",
            """{"metadataKeyFilter":{"key":"role"}},{"notQuery":{"query":{"metadataKeyFilter":{"key":"role2"}}}}""",
        ];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Users_are_found_by_metadata(string queries)
    {
        var found = await CreateAsync(human: null, new { name = "A" }, Entry("Cost_Centre", "B17"), Entry("role", "x"));
        await CreateAsync(human: null, new { name = "B" }, Entry("role", "y"), Entry("role2", "z"));
        await CreateAsync(human: null, new { name = "C" });

        var reply = await SearchAsync(queries);

        Assert.Equal([found], reply.Texts("result", "userId"));
        Assert.Equal(1, reply.Number("details.totalResult"));
    }

    [Fact]
    public async Task Key_and_value_in_one_list_are_of_one_entry()
    {
        await CreateAsync(human: null, new { name = "A" }, Entry("a", "1"), Entry("b", "2"));

        Assert.Empty((await SearchAsync("""{"metadataKeyFilter":{"key":"a"}},{"metadataValueFilter":{"value":"Mg=="}}""")).Items("result"));
        (await Admin.PostAsync("/v2/users", new { queries = new[] { new { metadataKeyFilter = new { key = "" } } } })).Expect(
            Failure.InvalidInside(
                "ListUsersRequest.Queries[0]",
                "SearchQuery.MetadataKeyFilter",
                "MetadataKeyFilter.Key: value length must be between 1 and 200 runes, inclusive"
            )
        );
    }

    [Fact]
    public async Task Only_who_may_read_metadata_searches_by_it()
    {
        var human = await Admin.NewHumanAsync();
        var metadata = new[] { Entry("rating", "low") };
        (await Admin.PostAsync($"/v2/users/{human.Id}/metadata", new { metadata })).Expect(200);
        var self = Admin.As((await Admin.OpenAsync(human)).Token);
        var id = new { inUserIdsQuery = new { userIds = new[] { human.Id } } };
        var rating = new { metadataKeyFilter = new { key = "rating" } };

        Assert.Equal([human.Id], (await self.PostAsync("/v2/users", new { queries = new[] { id } })).Expect(200).Texts("result", "userId"));
        foreach (var asked in new object[] { rating, new { orQuery = new { queries = new object[] { rating, id } } } })
        {
            Assert.Empty((await self.PostAsync("/v2/users", new { queries = new[] { asked } })).Expect(200).Items("result"));
            Assert.Contains(
                human.Id,
                (await Admin.PostAsync("/v2/users", new { queries = new[] { id, asked } })).Expect(200).Texts("result", "userId")
            );
        }
    }

    [Fact]
    public async Task A_service_keeps_the_form_of_its_access_tokens()
    {
        var id = await CreateAsync(human: null, new { name = "Robot", accessTokenType = "ACCESS_TOKEN_TYPE_JWT" });
        Assert.Equal("ACCESS_TOKEN_TYPE_JWT", await TypeAsync());

        (await Admin.PatchAsync($"/v2/users/{id}", new { machine = new { description = "Cleans up" } })).Expect(200);
        Assert.Equal("ACCESS_TOKEN_TYPE_JWT", await TypeAsync());

        (await Admin.PatchAsync($"/v2/users/{id}", new { machine = new { accessTokenType = "ACCESS_TOKEN_TYPE_BEARER" } })).Expect(200);
        Assert.Null(await TypeAsync());
        (await Admin.PatchAsync($"/v2/users/{id}", new { machine = new { accessTokenType = 7 } })).Expect(400).ExpectRefusal();

        async Task<string?> TypeAsync() =>
            (await Admin.GetAsync($"/v2/users/{id}")).Expect(200)["user.machine.accessTokenType"]?.GetValue<string>();
    }

    private static object Entry(string key, string value) => new { key, value = Encoding.UTF8.GetBytes(value) };

    private async Task<string> CreateAsync(object? human, object? machine, params object[] metadata) => (
            await Admin.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId = _organizationId,
                    username = Unique("user"),
                    human,
                    machine,
                    metadata,
                }
            )
        ).Expect(200).Text("id");

    private async Task<IEnumerable<(string Key, string Value)>> ReadAsync(string id) =>
        (await Admin.PostAsync($"/v2/users/{id}/metadata/search", new { pagination = new { asc = true } }))
            .Expect(200)
            .Items("metadata")
            .Select(entry =>
                (entry["key"]!.GetValue<string>(), Encoding.UTF8.GetString(Convert.FromBase64String(entry["value"]!.GetValue<string>())))
            );

    private async Task<Reply> SearchAsync(string queries) =>
        (
            await Admin.PostAsync(
                "/v2/users",
                new Raw(
                    $$$"""
                    {"queries":[{"organizationIdQuery":{"organizationId":"{{{_organizationId}}}"}},{{{queries}}}]}
                    """
                )
            )
        ).Expect(200);
}

public sealed class UserMetadataSearchTestsOnSqlite(SqliteHost host) : UserMetadataSearchTests(host);

public sealed class UserMetadataSearchTestsOnPostgreSql(PostgreSqlHost host) : UserMetadataSearchTests(host);
