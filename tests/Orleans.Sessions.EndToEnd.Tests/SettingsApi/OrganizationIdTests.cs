namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>Older and newer clients name the id of a new organization differently, and newer ones sort by the date of creation.</summary>
public abstract class OrganizationIdTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_new_organization_gets_the_id_by_either_name()
    {
        var prefix = Unique("org");
        var (older, newer) = ($"{prefix}-older", $"{prefix}-newer");

        Assert.Equal(older, (await AddAsync(new { name = older, orgId = older })).Expect(201).Text("organizationId"));
        Assert.Equal(newer, (await AddAsync(new { name = newer, organizationId = newer })).Expect(201).Text("organizationId"));
        var both = Unique("org");
        (
            await AddAsync(
                new
                {
                    name = both,
                    orgId = both,
                    organizationId = both,
                }
            )
        ).Expect(201);
        (
            await AddAsync(
                new
                {
                    name = "x",
                    orgId = "a",
                    organizationId = "b",
                }
            )
        ).Expect(400).ExpectRefusal();

        Assert.Equal([older, newer], await SortedAsync(asc: true));
        Assert.Equal([newer, older], await SortedAsync(asc: false));

        async Task<IEnumerable<string>> SortedAsync(bool asc) => (
                await Admin.PostAsync(
                    "/v2/organizations/_search",
                    new
                    {
                        query = new { asc },
                        queries = new[] { new { nameQuery = new { name = prefix, method = "TEXT_QUERY_METHOD_STARTS_WITH" } } },
                        sortingColumn = "ORGANIZATION_FIELD_NAME_CREATION_DATE",
                    }
                )
            ).Expect(200).Texts("result", "id");
    }

    private Task<Reply> AddAsync(object organization) => Admin.PostAsync("/v2/organizations", organization);
}

public sealed class OrganizationIdTestsOnSqlite(SqliteHost host) : OrganizationIdTests(host);

public sealed class OrganizationIdTestsOnPostgreSql(PostgreSqlHost host) : OrganizationIdTests(host);
