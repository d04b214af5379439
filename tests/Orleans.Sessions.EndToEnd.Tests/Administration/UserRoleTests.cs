using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Administration.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Administration;

/// <summary>People's roles by the service's own methods. They are the same authorizations as by ZITADEL's.</summary>
public abstract class UserRoleTests(SharedHost host) : ContractTests(host)
{
    private const string RolesClaim = "urn:zitadel:iam:org:project:roles";

    [Fact]
    public async Task A_login_carries_the_roles_that_were_given()
    {
        var project = await Admin.NewProjectAsync("admin", "reader");
        var client = await RelyingParty.RegisterAsync(Admin, ("projectId", project), ("rolesInIdTokens", true));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        await Admin.SetRolesAsync(human.Id, project, "admin");

        var tokens = await client.SignInAsync(session, "openid offline_access");
        var claims = await Jwt.VerifyAsync(Admin, tokens.Text("id_token"), "JWT");
        Assert.Equal(["admin"], KeysOf(claims[RolesClaim]));
        Assert.Equal([await Admin.DefaultOrganizationAsync()], KeysOf(claims[RolesClaim]!["admin"]));
        Assert.Equal(["admin"], await ToldAsync(tokens));

        await Admin.SetRolesAsync(human.Id, project, "reader");
        Assert.Equal(["reader"], await ToldAsync(tokens));

        Assert.True((await Admin.RemoveRolesAsync(human.Id, project)).Expect(200).Has("removed"));
        Assert.Empty(await ToldAsync(tokens));
        tokens = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        Assert.Null(Jwt.Claims(tokens.Text("id_token"))[RolesClaim]);
    }

    [Fact]
    public async Task What_one_service_gives_the_other_one_shows()
    {
        var project = await Admin.NewProjectAsync("admin", "reader");
        var human = await Admin.NewHumanAsync();
        var theirs = (
            await AuthorizationsAsync(
                "CreateAuthorization",
                new
                {
                    userId = human.Id,
                    projectId = project,
                    roleKeys = new[] { "admin" },
                }
            )
        ).Text("id");

        var found = (await Admin.PostAsync("/v2/role_assignments/search", new { projectId = project })).Expect(200);
        Assert.Equal([theirs], found.Texts("assignments", "assignmentId"));
        Assert.Equal((human.Id, human.LoginName), (found.Text("assignments.0.userId"), found.Text("assignments.0.loginName")));
        Assert.Equal(1, found.Number("pagination.totalResult"));
        foreach (
            var (condition, count) in new (object, int)[]
            {
                (new { userId = human.Id }, 1),
                (new { projectId = project, roleKey = "admin" }, 1),
                (new { projectId = project, roleKey = "adm" }, 0),
                (new { projectId = project, organizationId = "elsewhere" }, 0),
                (new { projectId = project, offset = 1 }, 0),
            }
        )
        {
            var matches = (await Admin.PostAsync("/v2/role_assignments/search", condition)).Expect(200);
            Assert.Equal((condition, count), (condition, matches.Items("assignments").Count));
        }

        await AuthorizationsAsync("DeactivateAuthorization", new { id = theirs });
        Assert.Empty(await Admin.RolesOfAsync(human.Id));
        Assert.Equal(theirs, (await Admin.SetRolesAsync(human.Id, project, "reader")).Text("assignment.assignmentId"));
        Assert.Equal(["reader"], await Admin.RolesOfAsync(human.Id));
        Assert.Empty((await Admin.GetAsync($"/v2/users/{human.Id}/project_roles?projectId=other")).Expect(200).Items("projects"));

        var listed = await AuthorizationsAsync("ListAuthorizations", new { filters = new[] { new { projectId = new { id = project } } } });
        Assert.Equal([theirs], listed.Texts("authorizations", "id"));
        Assert.Equal("reader", listed.Text("authorizations.0.roles.0.key"));
        await AuthorizationsAsync("DeleteAuthorization", new { id = theirs });
        Assert.False((await Admin.RemoveRolesAsync(human.Id, project)).Expect(200).Has("removed"));
    }

    [Fact]
    public async Task Without_the_right_nothing_is_shown_or_changed_whether_it_is_there_or_not()
    {
        var project = await Admin.NewProjectAsync("admin");
        var human = await Admin.NewHumanAsync();
        await Admin.SetRolesAsync(human.Id, project, "admin");
        var self = Admin.As((await Admin.OpenAsync(human)).Token);
        var elsewhere = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: Unique("org"))).Api;

        foreach (var caller in new[] { self, elsewhere })
        {
            foreach (var id in new[] { project, "unknown" })
            {
                foreach (
                    var reply in new[]
                    {
                        await caller.GetAsync($"/v2/projects/{id}"),
                        await caller.PatchAsync($"/v2/projects/{id}", new { settings = new { name = "mine" } }),
                        await caller.PostAsync($"/v2/projects/{id}/deactivate"),
                        await caller.PutAsync($"/v2/projects/{id}/roles/admin"),
                        await caller.DeleteAsync($"/v2/projects/{id}/roles/admin"),
                        await caller.PutAsync($"/v2/projects/{id}/grants/elsewhere"),
                        await caller.DeleteAsync($"/v2/projects/{id}/grants/elsewhere"),
                        await caller.DeleteAsync($"/v2/projects/{id}"),
                        await caller.TrySetRolesAsync(human.Id, id, null, "admin"),
                        await caller.RemoveRolesAsync(human.Id, id),
                    }
                )
                {
                    reply.Expect(Failures.NoPermission);
                }
            }

            Assert.Empty((await caller.GetAsync("/v2/projects")).Expect(200).Items("projects"));
        }

        (await self.PostAsync("/v2/projects", new { organizationId = human.OrganizationId, settings = new { name = "mine" } })).Expect(
            Failures.NoPermission
        );
        (await elsewhere.GetAsync($"/v2/users/{human.Id}/project_roles")).Expect(Failures.NoPermission);
        Assert.Empty((await elsewhere.PostAsync("/v2/role_assignments/search")).Expect(200).Items("assignments"));
        Assert.Equal(["admin"], await self.RolesOfAsync(human.Id));
        Assert.Equal([human.Id], (await self.PostAsync("/v2/role_assignments/search")).Expect(200).Texts("assignments", "userId"));
        Assert.Equal(["admin"], await (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api.RolesOfAsync(human.Id));
        (await Admin.As(null).GetAsync("/v2/projects")).Expect(Failures.NoToken);
    }

    private async Task<Reply> AuthorizationsAsync(string method, object body) =>
        (await Admin.PostAsync($"/zitadel.authorization.v2.AuthorizationService/{method}", body)).Expect(200);

    private async Task<IEnumerable<string>> ToldAsync(Reply tokens) =>
        KeysOf((await Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200).Json![RolesClaim]);

    private static IEnumerable<string> KeysOf(JsonNode? roles) => (roles as JsonObject ?? []).Select(role => role.Key).Order();
}

public sealed class UserRoleTestsOnSqlite(SqliteHost host) : UserRoleTests(host);

public sealed class UserRoleTestsOnPostgreSql(PostgreSqlHost host) : UserRoleTests(host);
