namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>Older and newer clients name the id of a new organization differently, and newer ones sort by the date of creation.</summary>
public sealed class OrganizationIdTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_new_organization_gets_the_id_by_either_name()
    {
        var (older, newer) = (Unique("org"), Unique("org"));

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

        async Task<IEnumerable<string>> SortedAsync(bool asc) =>
            (
                await Admin.PostAsync(
                    "/v2/organizations/_search",
                    new { query = new { asc, limit = 1000 }, sortingColumn = "ORGANIZATION_FIELD_NAME_CREATION_DATE" }
                )
            )
                .Expect(200)
                .Texts("result", "id")
                .Where(id => id == older || id == newer);
    }

    private Task<Reply> AddAsync(object organization) => Admin.PostAsync("/v2/organizations", organization);
}
