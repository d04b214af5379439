using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Administration.Harness;
using Orleans.Sessions.Protocol.ProjectsV1;
using Orleans.Sessions.Protocol.RolesV1;

namespace Orleans.Sessions.EndToEnd.Administration;

/// <summary>Projects by the service's own methods. They are the same projects as by ZITADEL's.</summary>
public abstract class OwnProjectTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_project_is_made_found_changed_and_deleted_and_both_services_show_it()
    {
        var (organizationId, name) = (await Admin.DefaultOrganizationAsync(), Unique("project"));
        var body = new { organizationId, settings = new { name, requireAuthorization = true } };
        var made = (await Admin.PostAsync("/v2/projects", body)).Expect(201);
        var id = made.Text("project.projectId");
        (await Admin.PostAsync("/v2/projects", body)).Expect(
            new Failure(
                409,
                6,
                "PROJECT-Ex001",
                "A project or client with this id, or a project of the organization with this name, already exists"
            )
        );

        await PutAsync($"/v2/projects/{id}/roles/admin", new { displayName = "Admin", group = "staff" });
        await PutAsync($"/v2/projects/{id}/roles/admin", new { displayName = "Administrator" });
        await PutAsync($"/v2/projects/{id}/roles/a%2Fb%20c", new { });
        (await Admin.PatchAsync($"/v2/projects/{id}", new { settings = new { assertRoles = true } })).Expect(200);
        var read = (await Admin.GetAsync($"/v2/projects/{id}")).Expect(200);
        Assert.Equal((name, organizationId), (read.Text("project.settings.name"), read.Text("project.organizationId")));
        Assert.True(read["project.settings.requireAuthorization"]!.GetValue<bool>());
        Assert.True(read["project.settings.assertRoles"]!.GetValue<bool>());
        Assert.Equal(["admin", "a/b c"], read.Texts("project.roles", "roleKey"));
        Assert.Equal(("Administrator", "staff"), (read.Text("project.roles.0.displayName"), read.Text("project.roles.0.group")));

        var part = name[3..].ToUpperInvariant();
        var listed = (await Admin.GetAsync($"/v2/projects?name={part}&organization_id={organizationId}")).Expect(200);
        Assert.Equal([id], listed.Texts("projects", "projectId"));
        Assert.Equal(1, listed["total"]!.GetValue<int>());
        Assert.Empty((await Admin.GetAsync($"/v2/projects?name={name}&organizationId=elsewhere")).Expect(200).Items("projects"));
        (await Admin.GetAsync("/v2/projects?limit=1001")).Expect(Failures.LimitExceeded);
        var theirs = (await Admin.PostAsync("/zitadel.project.v2.ProjectService/GetProject", new { projectId = id })).Expect(200);
        Assert.Equal(name, theirs.Text("project.name"));

        (await Admin.PostAsync($"/v2/projects/{id}/activate")).Expect(new Failure(400, 9, "COMMAND-5M9bs", "Project is not inactive"));
        Assert.True((await Admin.PostAsync($"/v2/projects/{id}/deactivate")).Expect(200)["project.inactive"]!.GetValue<bool>());
        (await Admin.PostAsync($"/v2/projects/{id}/deactivate")).Expect(new Failure(400, 9, "COMMAND-mki55", "Project is not active"));
        (await Admin.PostAsync($"/v2/projects/{id}/activate")).Expect(200);

        Assert.True((await Admin.DeleteAsync($"/v2/projects/{id}/roles/admin")).Expect(200).Has("removed"));
        Assert.False((await Admin.DeleteAsync($"/v2/projects/{id}/roles/admin")).Expect(200).Has("removed"));
        Assert.True((await Admin.DeleteAsync($"/v2/projects/{id}")).Expect(200).Has("deleted"));
        Assert.False((await Admin.DeleteAsync($"/v2/projects/{id}")).Expect(200).Has("deleted"));
        (await Admin.GetAsync($"/v2/projects/{id}")).Expect(OwnProjects.NoProject);
    }

    [Fact]
    public async Task An_organization_with_a_grant_gives_its_roles_and_no_others()
    {
        var project = await Admin.NewProjectAsync("admin", "reader");
        var partner = (await Admin.PostAsync("/v2/organizations", new { name = Unique("partner") })).Expect(201).Text("organizationId");
        var owner = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: partner)).Api;
        var person = await Admin.NewHumanAsync(organizationId: partner);
        (await owner.GetAsync($"/v2/projects/{project}")).Expect(Failures.NoPermission);
        (await owner.TrySetRolesAsync(person.Id, project, partner, "reader")).Expect(OwnProjects.NoProject);

        await PutAsync($"/v2/projects/{project}/grants/{partner}", new { roleKeys = new[] { "admin" } });
        await PutAsync($"/v2/projects/{project}/grants/{partner}", new { roleKeys = new[] { "reader" } });

        Assert.Equal([partner], (await owner.GetAsync($"/v2/projects/{project}")).Expect(200).Texts("project.grants", "organizationId"));
        (await owner.TrySetRolesAsync(person.Id, project, partner, "admin")).Expect(OwnProjects.NoRole);
        (await owner.TrySetRolesAsync(person.Id, project, partner, "reader")).Expect(200);
        (await owner.TrySetRolesAsync(person.Id, project, null, "reader")).Expect(Failures.NoPermission);
        Assert.Equal(["reader"], await owner.RolesOfAsync(person.Id));

        Assert.True((await Admin.DeleteAsync($"/v2/projects/{project}/grants/{partner}")).Expect(200).Has("removed"));
        Assert.False((await Admin.DeleteAsync($"/v2/projects/{project}/grants/{partner}")).Expect(200).Has("removed"));
        Assert.Empty(await owner.RolesOfAsync(person.Id));
    }

    [Fact]
    public async Task What_is_not_there_or_not_known_is_refused_by_name()
    {
        var project = await Admin.NewProjectAsync("admin");
        var human = await Admin.NewHumanAsync();

        (await Admin.TrySetRolesAsync("nobody", project, null, "admin")).Expect(Failures.NoSuchUser);
        (await Admin.TrySetRolesAsync(human.Id, "unknown", null, "admin")).Expect(OwnProjects.NoProject);
        (await Admin.TrySetRolesAsync(human.Id, project, null, "no")).Expect(OwnProjects.NoRole);
        (await Admin.GetAsync("/v2/users/nobody/project_roles")).Expect(Failures.NoSuchUser);
        (await Admin.PatchAsync("/v2/projects/unknown", new { settings = new { } })).Expect(OwnProjects.NoProject);
        (await Admin.PutAsync($"/v2/projects/{project}/grants/elsewhere", new { roleKeys = new[] { "no" } })).ExpectRefusal();
        Refused("settings", await Admin.PatchAsync($"/v2/projects/{project}"), "invalid UpdateProjectRequest.Settings: value is required");
        Refused(
            "name",
            await Admin.PatchAsync($"/v2/projects/{project}", new { settings = new { name = "" } }),
            "value length must be between 1 and 200 runes"
        );
        Refused(
            "unknown field",
            await Admin.PutAsync($"/v2/users/{human.Id}/project_roles/{project}", new { roles = new[] { "admin" } }),
            "proto: unknown field roles: SetUserRolesRequest has userId, projectId, roleKeys, organizationId"
        );
        Refused("unknown parameter", await Admin.GetAsync("/v2/projects?nam=x"), "proto: unknown field nam: ListProjectsRequest has ");
        Assert.Empty(await Admin.RolesOfAsync(human.Id));
    }

    [Fact]
    public async Task Grpc_offers_the_same()
    {
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var projects = new ProjectService.ProjectServiceClient(channel);
        var roles = new UserRoleService.UserRoleServiceClient(channel);
        var cancellation = TestContext.Current.CancellationToken;
        var headers = new Metadata { { "authorization", $"Bearer {Admin.Token}" } };
        var human = await Admin.NewHumanAsync();

        var made = await projects.CreateProjectAsync(
            new CreateProjectRequest
            {
                OrganizationId = await Admin.DefaultOrganizationAsync(),
                Settings = new ProjectSettings { Name = Unique("project") },
            },
            headers,
            cancellationToken: cancellation
        );
        var id = made.Project.ProjectId;
        await projects.SetProjectRoleAsync(
            new SetProjectRoleRequest { ProjectId = id, RoleKey = "admin" },
            headers,
            cancellationToken: cancellation
        );
        var given = await roles.SetUserRolesAsync(
            new SetUserRolesRequest
            {
                UserId = human.Id,
                ProjectId = id,
                RoleKeys = { "admin" },
            },
            headers,
            cancellationToken: cancellation
        );
        Assert.Equal(human.Id, given.Assignment.UserId);
        var read = await roles.GetUserRolesAsync(new GetUserRolesRequest { UserId = human.Id }, headers, cancellationToken: cancellation);
        Assert.Equal("admin", Assert.Single(Assert.Single(read.Projects).Roles).RoleKey);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await projects.GetProjectAsync(new GetProjectRequest { ProjectId = "unknown" }, headers, cancellationToken: cancellation)
        );
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    private async Task<Reply> PutAsync(string path, object body) => (await Admin.PutAsync(path, body)).Expect(200);

    private static void Refused(string what, Reply reply, string text) =>
        Assert.True(reply.Expect(400).Text("message").Contains(text, StringComparison.Ordinal), reply.Explain($"{what}: {text}"));
}

public sealed class OwnProjectTestsOnSqlite(SqliteHost host) : OwnProjectTests(host);

public sealed class OwnProjectTestsOnPostgreSql(PostgreSqlHost host) : OwnProjectTests(host);
