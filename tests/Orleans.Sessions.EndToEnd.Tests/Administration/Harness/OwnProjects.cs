namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>Calls of the service's own methods for projects and people's roles.</summary>
public static class OwnProjects
{
    public static readonly Failure NoProject = new(404, 5, "COMMAND-3M9sd", "Project could not be found");
    public static readonly Failure NoRole = new(
        404,
        5,
        "PROJECT-Rol01",
        "The project has no such role, or the organization may not give it"
    );

    /// <summary>A project of the default organization that asserts roles, with these roles.</summary>
    public static async Task<string> NewProjectAsync(this Api admin, params string[] roles)
    {
        var body = new
        {
            organizationId = await admin.DefaultOrganizationAsync(),
            settings = new { name = Unique("project"), assertRoles = true },
        };
        var project = (await admin.PostAsync("/v2/projects", body)).Expect(201).Text("project.projectId");
        foreach (var role in roles)
        {
            (await admin.PutAsync($"/v2/projects/{project}/roles/{role}")).Expect(200);
        }

        return project;
    }

    /// <summary>The id of the default organization.</summary>
    public static async Task<string> DefaultOrganizationAsync(this Api admin) =>
        (await admin.PostAsync("/v2/organizations/_search", new { queries = new[] { new { defaultQuery = new { } } } }))
            .Expect(200)
            .Text("result.0.id");

    /// <summary>Gives a person exactly these roles; without an organization, the project's own gives them.</summary>
    public static Task<Reply> TrySetRolesAsync(
        this Api caller,
        string userId,
        string project,
        string? organizationId,
        params string[] roleKeys
    ) => caller.PutAsync($"/v2/users/{userId}/project_roles/{project}", new { roleKeys, organizationId });

    /// <summary>Gives a person exactly these roles. It must succeed.</summary>
    public static async Task<Reply> SetRolesAsync(this Api caller, string userId, string project, params string[] roleKeys) =>
        (await caller.TrySetRolesAsync(userId, project, null, roleKeys)).Expect(200);

    /// <summary>Takes away what the project's own organization has given.</summary>
    public static Task<Reply> RemoveRolesAsync(this Api caller, string userId, string project) =>
        caller.DeleteAsync($"/v2/users/{userId}/project_roles/{project}");

    /// <summary>The roles of a person in the only project for which the person is authorized.</summary>
    public static async Task<IReadOnlyList<string>> RolesOfAsync(this Api caller, string userId)
    {
        var reply = (await caller.GetAsync($"/v2/users/{userId}/project_roles")).Expect(200);
        Assert.InRange(reply.Items("projects").Count, 0, 1);
        return reply.Texts("projects.0.roles", "roleKey");
    }
}
