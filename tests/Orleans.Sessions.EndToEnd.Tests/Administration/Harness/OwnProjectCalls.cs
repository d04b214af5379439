using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The service's own methods of projects, and of the roles that people have in them.</summary>
internal static class OwnProjectCalls
{
    private const string Projects = "sessions.projects.v1.ProjectService";
    private const string Roles = "sessions.roles.v1.UserRoleService";
    private const string ProjectUnknown = "COMMAND-3M9sd";
    private const string OrganizationUnknown = "PROJECT-Org01";

    public static IEnumerable<SimultaneousCall> All => OfProjects.Concat(OfParts).Concat(OfPeople);

    private static IEnumerable<SimultaneousCall> OfProjects =>
        [
            New(_ => "") with
            {
                Variant = "of one name",
                Loses = "PROJECT-Ex001",
            },
            New(scene => scene.New) with
            {
                Variant = "of one chosen id",
            },
            OfProject("GetProject"),
            OfProject("ListProjects") with
            {
                Prepare = async scene =>
                {
                    await scene.ProjectAsync();
                    return new { organizationId = scene.Organization };
                },
                Gone = null,
            },
            OfProject("UpdateProject") with
            {
                Prepare = async scene => new { projectId = await scene.ProjectAsync(), settings = new { name = scene.New } },
            },
            OfProject("DeactivateProject") with
            {
                Loses = "COMMAND-mki55",
            },
            OfProject("ActivateProject") with
            {
                Prepare = async scene =>
                {
                    var projectId = await scene.ProjectAsync();
                    await scene.CallAsync($"{Projects}/DeactivateProject", new { projectId });
                    return new { projectId };
                },
                Loses = "COMMAND-5M9bs",
            },
            OfProject("DeleteProject") with
            {
                Gone = null,
            },
        ];

    private static IEnumerable<SimultaneousCall> OfParts =>
        [
            OfProject("SetProjectRole") with
            {
                Prepare = async scene => new { projectId = await scene.ProjectAsync(), roleKey = scene.New },
                Count = scene => CountPartsAsync(scene, "project.roles", role => role["roleKey"]?.GetValue<string>() == scene.New),
            },
            OfProject("RemoveProjectRole") with
            {
                Prepare = async scene => new { projectId = await scene.ProjectAsync(), roleKey = "admin" },
            },
            OfProject("SetProjectGrant") with
            {
                Prepare = NewGrantAsync,
                Count = CountGrantsAsync,
            },
            OfProject("SetProjectGrant") with
            {
                Variant = "to an organization that goes",
                Prepare = NewGrantAsync,
                Parent = Parent.Partner,
                Gone = OrganizationUnknown,
                Count = CountGrantsAsync,
            },
            OfProject("RemoveProjectGrant") with
            {
                Prepare = GrantAsync,
            },
            OfProject("RemoveProjectGrant") with
            {
                Variant = "to an organization that goes",
                Prepare = GrantAsync,
                Parent = Parent.Partner,
                Gone = null,
            },
        ];

    private static IEnumerable<SimultaneousCall> OfPeople =>
        [
            OfUser("SetUserRoles", NewRolesAsync) with
            {
                Variant = "in a project that goes",
                Parent = Parent.Project,
                Gone = ProjectUnknown,
                Count = CountAssignmentsAsync,
            },
            OfUser("SetUserRoles", NewRolesAsync) with
            {
                Variant = "of a user who goes",
                Gone = "QUERY-Dfbg2",
                Count = CountAssignmentsAsync,
            },
            OfUser("SetUserRoles", async scene => new
            {
                userId = await scene.UserAsync(),
                organizationId = await scene.GrantAsync(),
                projectId = scene.Project,
            }) with
            {
                Variant = "by an organization that goes",
                Parent = Parent.Partner,
                Gone = ProjectUnknown,
                Count = CountAssignmentsAsync,
            },
            OfUser("RemoveUserRoles", RolesAsync) with
            {
                Variant = "in a project that goes",
                Parent = Parent.Project,
            },
            OfUser("RemoveUserRoles", RolesAsync) with
            {
                Variant = "of a user who goes",
            },
            OfUser("GetUserRoles", RolesAsync) with
            {
                Gone = "QUERY-Dfbg2",
            },
            OfUser("ListRoleAssignments", RolesAsync),
        ];

    private static SimultaneousCall New(Func<Scene, string> projectId) =>
        new($"{Projects}/CreateProject", async scene => new
        {
            projectId = projectId(scene),
            organizationId = await scene.OrganizationAsync(),
            settings = new { name = scene.New },
        })
        {
            Parent = Parent.Organization,
            Gone = OrganizationUnknown,
            Count = scene => scene.CountAsync($"{Projects}/ListProjects", "projects", new { organizationId = scene.Organization }),
        };

    private static SimultaneousCall OfProject(string method) =>
        new($"{Projects}/{method}", async scene => new { projectId = await scene.ProjectAsync() })
        {
            Parent = Parent.Project,
            Gone = ProjectUnknown,
        };

    private static SimultaneousCall OfUser(string method, Func<Scene, Task<object>> prepare) =>
        new($"{Roles}/{method}", prepare) { Parent = Parent.User };

    private static async Task<object> NewGrantAsync(Scene scene) =>
        new { projectId = await scene.ProjectAsync(), organizationId = await scene.PartnerAsync() };

    private static async Task<object> GrantAsync(Scene scene)
    {
        var partner = await scene.GrantAsync();
        return new { projectId = scene.Project, organizationId = partner };
    }

    private static async Task<object> NewRolesAsync(Scene scene) =>
        new
        {
            userId = await scene.UserAsync(),
            projectId = await scene.ProjectAsync(),
            roleKeys = new[] { "admin" },
        };

    /// <summary>The user and the project for which the user is authorized.</summary>
    private static async Task<object> RolesAsync(Scene scene)
    {
        await scene.AuthorizationAsync();
        return new { userId = scene.User, projectId = scene.Project };
    }

    private static Task<int> CountPartsAsync(Scene scene, string list, Func<JsonNode, bool>? which = null) =>
        scene.CountAsync($"{Projects}/GetProject", list, new { projectId = scene.Project }, which);

    private static Task<int> CountGrantsAsync(Scene scene) => CountPartsAsync(scene, "project.grants");

    private static Task<int> CountAssignmentsAsync(Scene scene) =>
        scene.CountAsync($"{Roles}/ListRoleAssignments", "assignments", new { projectId = scene.Project });
}
