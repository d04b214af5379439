namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>The organizations that login frontends ask for, and the creation of further ones.</summary>
public abstract class OrganizationTests(SharedHost host) : ContractTests(host)
{
    private static readonly Failure s_taken = new(409, 6, "COMMAND-OrgEx", "An organization with this id or name already exists");

    [Fact]
    public async Task There_is_a_default_organization_that_new_users_belong_to()
    {
        var found = (await SearchAsync(new { defaultQuery = new { } })).Expect(200);

        Assert.Equal([(await Admin.NewHumanAsync()).OrganizationId], found.Texts("result", "id"));
        Assert.Equal(["ORGANIZATION_STATE_ACTIVE"], found.Texts("result", "state"));
        Assert.Equal("1", found.Text("details.totalResult"));
        Assert.InRange(found.Date("result.0.details.creationDate"), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task An_added_organization_is_found_by_id_and_by_name()
    {
        var name = Unique("Acme");
        var added = (await Admin.PostAsync("/v2/organizations", new { name })).Expect(201);
        var id = added.Text("organizationId");
        Assert.Equal(id, added.Text("details.resourceOwner"));

        Assert.Equal([name], (await SearchAsync(new { idQuery = new { id } })).Expect(200).Texts("result", "name"));
        foreach (
            var (text, method) in new[]
            {
                (name, "EQUALS"),
                (name.ToUpperInvariant(), "EQUALS_IGNORE_CASE"),
                (name[..8], "STARTS_WITH"),
                (name[2..9], "CONTAINS"),
                (name[4..], "ENDS_WITH"),
            }
        )
        {
            Assert.Contains(
                id,
                (await SearchAsync(new { nameQuery = new { name = text, method = $"TEXT_QUERY_METHOD_{method}" } }))
                    .Expect(200)
                    .Texts("result", "id")
            );
        }

        Assert.False((await SearchAsync(new { idQuery = new { id } }, new { defaultQuery = new { } })).Expect(200).Has("result"));
        Assert.Equal(id, (await Admin.NewHumanAsync(organizationId: id)).OrganizationId);
    }

    [Fact]
    public async Task Id_and_name_are_unique_in_any_case()
    {
        var (orgId, name) = (Unique("org"), Unique("Acme"));
        (await Admin.PostAsync("/v2/organizations", new { orgId, name })).Expect(201);

        (await Admin.PostAsync("/v2/organizations", new { name = name.ToUpperInvariant() })).Expect(s_taken);
        (await Admin.PostAsync("/v2/organizations", new { orgId, name = Unique("Other") })).Expect(s_taken);
        (await Admin.PostAsync("/v2/organizations", new { name = "default" })).Expect(s_taken);
        (await Admin.PostAsync("/v2/organizations", new { name = "" })).Expect(400);
    }

    [Fact]
    public async Task Who_may_not_see_an_organization_does_not_find_it()
    {
        var name = Unique("Acme");
        var id = (await Admin.PostAsync("/v2/organizations", new { name })).Expect(201).Text("organizationId");
        var (owner, stranger) = (
            await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: id),
            await Admin.NewMachineAsync()
        );

        Assert.Equal([id], (await owner.Api.PostAsync("/v2/organizations/_search", new { })).Expect(200).Texts("result", "id"));
        Assert.False((await stranger.Api.PostAsync("/v2/organizations/_search", new { })).Expect(200).Has("result"));
        (await owner.Api.PostAsync("/v2/organizations", new { name = Unique("Mine") })).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task Pages_are_sorted_and_limited()
    {
        var prefix = Unique("page");
        foreach (var number in new[] { 2, 3, 1 })
        {
            (await Admin.PostAsync("/v2/organizations", new { name = $"{prefix}-{number}" })).Expect(201);
        }

        var page = (
            await Admin.PostAsync(
                "/v2/organizations/_search",
                new
                {
                    query = new
                    {
                        offset = "1",
                        limit = 1,
                        asc = true,
                    },
                    sortingColumn = "ORGANIZATION_FIELD_NAME_NAME",
                    queries = new[] { new { nameQuery = new { name = prefix, method = "TEXT_QUERY_METHOD_STARTS_WITH" } } },
                }
            )
        ).Expect(200);

        Assert.Equal([$"{prefix}-2"], page.Texts("result", "name"));
        Assert.Equal("3", page.Text("details.totalResult"));
        (await Admin.PostAsync("/v2/organizations/_search", new { query = new { limit = 1001 } })).Expect(400);
    }

    [Fact]
    public async Task It_comes_with_administrators_known_or_new()
    {
        var (name, known) = (Unique("Acme"), await Admin.NewMachineAsync());
        var username = Unique("owner");
        var human = Provisioning.HumanBody(username);
        human["email"] = new { email = $"{username}@example.com", returnCode = new { } };
        human["password"] = new { password = Provisioning.Password };

        var added = (
            await Admin.PostAsync(
                "/v2/organizations",
                new { name, admins = new object[] { new { userId = known.Id, roles = new[] { "ORG_USER_MANAGER" } }, new { human } } }
            )
        ).Expect(201);

        var id = added.Text("organizationId");
        Assert.Equal([added.Text("createdAdmins.0.userId")], added.Texts("createdAdmins", "userId"));
        Assert.NotEmpty(added.Text("createdAdmins.0.emailCode"));
        var owner = (await Admin.GetAsync($"/v2/users/{added.Text("createdAdmins.0.userId")}")).Expect(200);
        Assert.Equal(id, owner.Text("user.details.resourceOwner"));
        Assert.Equal([id], (await known.Api.PostAsync("/v2/organizations/_search")).Expect(200).Texts("result", "id"));
        var session = await Admin.OpenAsync(
            new { checks = new { user = new { loginName = username }, password = new { password = Provisioning.Password } } }
        );
        var member = await Admin.As(session.Token).NewHumanAsync(organizationId: id);
        Assert.Equal(id, member.OrganizationId);
        (
            await known.Api.PostAsync(
                "/v2/internal_permissions/administrators",
                new
                {
                    userId = member.Id,
                    resource = new { organizationId = id },
                    roles = new[] { "ORG_OWNER" },
                }
            )
        ).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task An_owner_gives_roles_to_their_own_people_and_takes_nobody_elses_out_of_reach()
    {
        var (here, there) = (Unique("here"), Unique("there"));
        var owner = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: here)).Api;
        var manager = (await Admin.NewMachineAsync(organizationRole: "ORG_USER_MANAGER", organizationId: there)).Api;
        var (own, foreign) = (await Admin.NewHumanAsync(organizationId: here), await Admin.NewHumanAsync(organizationId: there));

        (await GrantAsync(owner, own.Id)).Expect(200);
        foreach (var id in new[] { foreign.Id, "4711" })
        {
            (await GrantAsync(owner, id)).Expect(Failures.NoPermission);
            (
                await owner.PutAsync(
                    "/v2/internal_permissions/administrators",
                    new
                    {
                        userId = id,
                        resource = new { organizationId = here },
                        roles = new[] { "ORG_OWNER" },
                    }
                )
            ).Expect(Failures.NoPermission);
        }

        (await manager.PostAsync($"/v2/users/{foreign.Id}/lock")).Expect(200);

        // Who owns the installation lends people to other organizations, and these give them back.
        (await GrantAsync(Admin, foreign.Id)).Expect(200);
        (
            await owner.DeleteAsync(
                "/v2/internal_permissions/administrators",
                new { userId = foreign.Id, resource = new { organizationId = here } }
            )
        ).Expect(200);
        (await manager.PostAsync($"/v2/users/{foreign.Id}/unlock")).Expect(200);

        Task<Reply> GrantAsync(Api caller, string userId) =>
            caller.PostAsync(
                "/v2/internal_permissions/administrators",
                new
                {
                    userId,
                    resource = new { organizationId = here },
                    roles = new[] { "ORG_USER_MANAGER" },
                }
            );
    }

    [Fact]
    public async Task A_request_with_a_wrong_administrator_leaves_nothing_behind()
    {
        var (name, username) = (Unique("Acme"), Unique("owner"));
        var good = new { human = Provisioning.HumanBody(username) };
        var bad = Provisioning.HumanBody((await Admin.NewHumanAsync()).LoginName);

        (await Admin.PostAsync("/v2/organizations", new { name, admins = new object[] { good, new { human = bad } } })).Expect(409);
        (await Admin.PostAsync("/v2/organizations", new { name, admins = new object[] { good, new { userId = "nobody" } } })).Expect(
            Failures.NoSuchUser
        );
        (await Admin.PostAsync("/v2/organizations", new { name, admins = new object[] { good, new { } } })).Expect(400);
        (
            await Admin.PostAsync(
                "/v2/organizations",
                new { name, admins = new object[] { new { good.human, roles = new[] { "IAM_OWNER" } } } }
            )
        ).Expect(400);
        (await Admin.PostAsync("/v2/organizations", new { name = "default", admins = new object[] { good } })).Expect(s_taken);

        Assert.False((await SearchAsync(new { nameQuery = new { name } })).Expect(200).Has("result"));
        Assert.False(
            (await Admin.PostAsync("/v2/users", new { queries = new[] { new { userNameQuery = new { userName = username } } } }))
                .Expect(200)
                .Has("result")
        );
        (await Admin.PostAsync("/v2/organizations", new { name, admins = new object[] { good } })).Expect(201);
    }

    private Task<Reply> SearchAsync(params object[] queries) => Admin.PostAsync("/v2/organizations/_search", new { queries });
}

public sealed class OrganizationTestsOnSqlite(SqliteHost host) : OrganizationTests(host);

public sealed class OrganizationTestsOnPostgreSql(PostgreSqlHost host) : OrganizationTests(host);
