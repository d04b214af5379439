namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>Organizations are renamed, closed, opened and deleted, and have metadata and domains.</summary>
public abstract class OrganizationLifeTests(SharedHost host) : ContractTests(host)
{
    private static readonly Failure s_notFound = new(404, 5, "ORG-1MRds", "Organization not found");

    [Fact]
    public async Task After_the_answer_nothing_of_the_people_of_a_closed_organization_works()
    {
        var id = await NewOrganizationAsync();
        var person = await Admin.NewHumanAsync(organizationId: id);
        var session = await Admin.OpenAsync(new { checks = person.WithPassword });
        var service = await Admin.NewMachineAsync(organizationId: id);
        (await service.Api.PostAsync("/v2/organizations/_search")).Expect(200);

        Assert.True((await DoAsync(id, "deactivate")).Expect(200).Has("changeDate"));

        (await service.Api.PostAsync("/v2/organizations/_search")).Expect(Failures.BadToken);
        (await Admin.As(session.Token).GetAsync($"/v2/users/{person.Id}")).Expect(Failures.BearerSessionGone);
        (await Admin.GetAsync($"/v2/sessions/{session.Id}")).Expect(Failures.NoSession);
        Refused(await Admin.PostAsync("/v2/sessions", new { checks = person.WithPassword }), 400, 9, "SESSION-Gj4ko");
        Refused(await Admin.PostAsync("/v2/users/human", Body(id)), 400, 9, "COMMAND-OrgIn");
        Refused(await Admin.PostAsync($"/v2/users/{person.Id}/reactivate"), 400, 9, "COMMAND-OrgIn");
        Assert.Equal(["ORGANIZATION_STATE_INACTIVE"], (await FindAsync(id)).Texts("result", "state"));
        Refused(await DoAsync(id, "deactivate"), 400, 9, "EVENT-Dbs2g");

        (await DoAsync(id, "activate")).Expect(200);

        (await service.Api.PostAsync("/v2/organizations/_search")).Expect(200);
        await Admin.OpenAsync(new { checks = person.WithPassword });
        (await Admin.GetAsync($"/v2/sessions/{session.Id}")).Expect(Failures.NoSession);
        Refused(await DoAsync(id, "activate"), 400, 9, "EVENT-bfnrh");
    }

    [Fact]
    public async Task A_deleted_organization_takes_its_people_with_it()
    {
        var id = await NewOrganizationAsync();
        var owner = await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: id);
        var person = await Admin.NewHumanAsync(organizationId: id);

        Assert.True((await owner.Api.DeleteAsync($"/v2/organizations/{id}")).Expect(200).Has("deletionDate"));

        (await owner.Api.PostAsync("/v2/organizations/_search")).Expect(Failures.BadToken);
        (await Admin.GetAsync($"/v2/users/{person.Id}")).Expect(Failures.NoSuchUser);
        Assert.False((await FindAsync(id)).Has("result"));
        Refused(await Admin.DeleteAsync($"/v2/organizations/{id}"), 404, 5, "COMMA-aps2n");
        Refused(await DoAsync(id, "deactivate"), 404, 5, "ORG-oL9nT");
        Refused(await DoAsync(id, "activate"), 404, 5, "ORG-Dgf3g");
        Refused(await Admin.PostAsync("/v2/organizations", new { organizationId = id, name = Unique("Again") }), 409, 6, "COMMAND-OrgEx");
        var events = (await Admin.PostAsync("/v2/events/search", new { kinds = new[] { "organization.deleted" }, targetId = id })).Expect(
            200
        );
        Assert.Equal([owner.Id], events.Texts("events", "actorId"));
    }

    [Fact]
    public async Task The_default_organization_can_be_neither_closed_nor_deleted()
    {
        var id = (await SearchAsync(new { defaultQuery = new { } })).Expect(200).Texts("result", "id").Single();
        Refused(await DoAsync(id, "deactivate"), 400, 9, "COMMAND-OrgDf");
        Refused(await Admin.DeleteAsync($"/v2/organizations/{id}"), 400, 9, "COMMA-wG9p1");
    }

    [Fact]
    public async Task An_organization_is_renamed_and_sorted_by_its_age()
    {
        var prefix = Unique("Old");
        var ids = new List<string>();
        foreach (var name in new[] { "b", "a" })
        {
            ids.Add(await NewOrganizationAsync($"{prefix}-{name}"));
        }

        (await Admin.PostAsync($"/v2/organizations/{ids[0]}", new { name = $"{prefix}-c" })).Expect(200);
        var found = (
            await Admin.PostAsync(
                "/v2/organizations/_search",
                new
                {
                    query = new { asc = true },
                    sortingColumn = "ORGANIZATION_FIELD_NAME_CREATION_DATE",
                    queries = new[] { new { nameQuery = new { name = prefix, method = "TEXT_QUERY_METHOD_STARTS_WITH" } } },
                }
            )
        ).Expect(200);

        Assert.Equal(ids, found.Texts("result", "id"));
        Assert.Equal($"{prefix}-c", found.Text("result.0.name"));
        Assert.True(found.Date("result.0.details.changeDate") > found.Date("result.0.details.creationDate"));
        Refused(await Admin.PostAsync($"/v2/organizations/{ids[0]}", new { name = $"{prefix}-c" }), 400, 9, "EVENT-4VSdf");
        Refused(await Admin.PostAsync($"/v2/organizations/{ids[0]}", new { name = $"{prefix}-A" }), 409, 6, "COMMAND-OrgEx");
        (await Admin.PostAsync($"/v2/organizations/{ids[0]}", new { name = "" })).Expect(400);
        (await Admin.PostAsync("/v2/organizations/nowhere", new { name = prefix })).Expect(s_notFound);
    }

    [Fact]
    public async Task The_id_of_a_new_organization_is_in_one_of_two_fields()
    {
        foreach (var (organizationId, orgId) in new[] { (Unique("org"), null), (null, Unique("org")), (Unique("org"), "same") })
        {
            var body = new
            {
                name = Unique("Acme"),
                organizationId,
                orgId = orgId == "same" ? organizationId : orgId,
            };
            Assert.Equal(organizationId ?? orgId, (await Admin.PostAsync("/v2/organizations", body)).Expect(201).Text("organizationId"));
        }

        var differing = new
        {
            name = Unique("Acme"),
            organizationId = "one",
            orgId = "other",
        };
        Refused(await Admin.PostAsync("/v2/organizations", differing), 400, 3, "COMMAND-OrgId");
    }

    [Fact]
    public async Task Metadata_is_set_listed_by_key_and_deleted()
    {
        var id = await NewOrganizationAsync();
        var path = $"/v2/organizations/{id}/metadata";
        var entries = new[] { "env-a", "env-b", "other" }.Select(key => new { key, value = "dmFsdWU=" });
        Assert.True((await Admin.PostAsync(path, new { metadata = entries })).Expect(200).Has("setDate"));

        var found = (
            await Admin.PostAsync(
                $"{path}/search",
                new
                {
                    pagination = new { limit = 1, asc = true },
                    filters = new[] { new { keyFilter = new { key = "env-", method = "TEXT_FILTER_METHOD_STARTS_WITH" } } },
                }
            )
        ).Expect(200);
        Assert.Equal(["env-a"], found.Texts("metadata", "key"));
        Assert.Equal(("2", "dmFsdWU="), (found.Text("pagination.totalResult"), found.Text("metadata.0.value")));
        Assert.Equal(found.Text("metadata.0.creationDate"), found.Text("metadata.0.changeDate"));

        (await Admin.DeleteAsync($"{path}?keys=env-a&keys=other")).Expect(200);
        Assert.Equal(["env-b"], (await Admin.PostAsync($"{path}/search")).Expect(200).Texts("metadata", "key"));
        Refused(await Admin.DeleteAsync($"{path}?keys=env-a"), 404, 5, "META-2npds");
        Refused(await Admin.DeleteAsync(path), 400, 9, "META-9mw2d");
        Refused(await Admin.PostAsync(path, new { metadata = Array.Empty<object>() }), 400, 9, "META-9mm2d");
        Refused(await Admin.PostAsync(path, new { metadata = new[] { new { key = "empty" } } }), 400, 3, "META-2ml0f");
        (await Admin.PostAsync("/v2/organizations/nowhere/metadata/search")).Expect(s_notFound);
    }

    [Fact]
    public async Task Domains_are_added_listed_challenged_and_deleted()
    {
        var (id, prefix) = (await NewOrganizationAsync(), Unique("shop").ToLowerInvariant());
        var path = $"/v2/organizations/{id}/domains";
        foreach (var name in new[] { "b", "a" })
        {
            (await Admin.PostAsync(path, new { domain = $"{prefix}-{name}.example" })).Expect(200);
        }

        var found = (
            await Admin.PostAsync(
                $"{path}/search",
                new
                {
                    pagination = new { asc = true },
                    sortingColumn = "DOMAIN_FIELD_NAME_NAME",
                    filters = new[] { new { domainFilter = new { domain = prefix, method = "TEXT_QUERY_METHOD_STARTS_WITH" } } },
                }
            )
        ).Expect(200);
        Assert.Equal([$"{prefix}-a.example", $"{prefix}-b.example"], found.Texts("domains", "domain"));
        Assert.Equal("2", found.Text("pagination.totalResult"));
        Assert.False(found.Has("domains.0.isVerified"));

        var domain = $"{prefix}-a.example";
        Refused(await Admin.PostAsync($"{path}/validation/verify", new { domain }), 400, 9, "ORG-SFBB3");
        var challenge = (await Admin.PostAsync($"{path}/validation/generate", new { domain, type = "DOMAIN_VALIDATION_TYPE_HTTP" })).Expect(
            200
        );
        Assert.Equal($"https://{domain}/.well-known/zitadel-challenge/{challenge.Text("token")}.txt", challenge.Text("url"));
        Refused(await Admin.PostAsync($"{path}/validation/generate", new { domain }), 400, 3, "ORG-Gsw31");

        // Nobody has verified it, so nobody is found by it.
        Assert.False((await SearchAsync(new { domainQuery = new { domain } })).Expect(200).Has("result"));
        (await Admin.DeleteAsync($"{path}?domain={domain}")).Expect(200);
        Refused(await Admin.DeleteAsync($"{path}?domain={domain}"), 404, 5, "ORG-GDfA3");
        Refused(await Admin.PostAsync(path, new { domain = "localhost" }), 400, 3, "ORG-R24hb");
    }

    private static Dictionary<string, object> Body(string organizationId)
    {
        var body = Provisioning.HumanBody(Unique("human"));
        body["organization"] = new { orgId = organizationId };
        return body;
    }

    private static void Refused(Reply reply, int status, int code, string id)
    {
        reply.Expect(status);
        Assert.Equal((code, id), (reply["code"]!.GetValue<int>(), reply.Text("details.0.id")));
    }

    private async Task<string> NewOrganizationAsync(string? name = null) =>
        (await Admin.PostAsync("/v2/organizations", new { name = name ?? Unique("Acme") })).Expect(201).Text("organizationId");

    private Task<Reply> DoAsync(string id, string action) => Admin.PostAsync($"/v2/organizations/{id}/{action}");

    private async Task<Reply> FindAsync(string id) => (await SearchAsync(new { idQuery = new { id } })).Expect(200);

    private Task<Reply> SearchAsync(params object[] queries) => Admin.PostAsync("/v2/organizations/_search", new { queries });
}

public sealed class OrganizationLifeTestsOnSqlite(SqliteHost host) : OrganizationLifeTests(host);

public sealed class OrganizationLifeTestsOnPostgreSql(PostgreSqlHost host) : OrganizationLifeTests(host);
