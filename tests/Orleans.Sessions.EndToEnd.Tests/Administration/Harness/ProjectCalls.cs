namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The methods of projects, and of the authorizations that give their roles.</summary>
internal static class ProjectCalls
{
    private const string Projects = "zitadel.project.v2.ProjectService";
    private const string Authorizations = "zitadel.authorization.v2.AuthorizationService";
    private const string ProjectUnknown = "COMMAND-3M9sd";
    private const string GrantUnknown = "PROJECT-Gra01";
    private const string AuthorizationUnknown = "AUTHZ-Id001";

    public static IEnumerable<SimultaneousCall> All => OfProjects.Concat(OfRoles).Concat(OfGrants).Concat(OfAuthorizations);

    private static IEnumerable<SimultaneousCall> OfProjects =>
        [
            new($"{Projects}/CreateProject", async scene => new { organizationId = await scene.OrganizationAsync(), name = scene.New })
            {
                Variant = "of one name",
                Loses = "PROJECT-Ex001",
                Parent = Parent.Organization,
                Gone = "PROJECT-Org01",
                Count = CountProjectsAsync,
            },
            new($"{Projects}/CreateProject", async scene => new
            {
                organizationId = await scene.OrganizationAsync(),
                projectId = scene.New,
                name = scene.New,
            })
            {
                Variant = "of one id",
                Parent = Parent.Organization,
                Gone = "PROJECT-Org01",
                Count = CountProjectsAsync,
            },
            OfProject("GetProject", async scene => new { projectId = await scene.ProjectAsync() }),
            OfProject("UpdateProject", async scene => new { projectId = await scene.ProjectAsync(), name = scene.New }),
            OfProject("DeleteProject", async scene => new { projectId = await scene.ProjectAsync() }) with
            {
                Gone = null,
            },
            OfProject("ListProjects", async scene => new { filters = new[] { IdsFilter(await scene.ProjectAsync()) } }) with
            {
                Gone = null,
            },
            OfProject("DeactivateProject", async scene => new { projectId = await scene.ProjectAsync() }) with
            {
                Loses = "COMMAND-mki55",
            },
            OfProject("ActivateProject", async scene =>
            {
                await scene.CallAsync($"{Projects}/DeactivateProject", new { projectId = await scene.ProjectAsync() });
                return new { projectId = scene.Project };
            }) with
            {
                Loses = "COMMAND-5M9bs",
            },
        ];

    private static IEnumerable<SimultaneousCall> OfRoles => [OfProject("AddProjectRole", async scene => new
            {
                projectId = await scene.ProjectAsync(),
                roleKey = scene.New,
                displayName = "New",
            }) with { Count = scene => scene.CountAsync($"{Projects}/ListProjectRoles", "projectRoles", new { projectId = scene.Project }, role => role["key"]?.GetValue<string>() == scene.New) }, OfProject("UpdateProjectRole", async scene => new
            {
                projectId = await scene.ProjectAsync(),
                roleKey = "admin",
                displayName = "Other",
            }), OfProject("RemoveProjectRole", async scene => new { projectId = await scene.ProjectAsync(), roleKey = "admin" }), OfProject("ListProjectRoles", async scene => new { projectId = await scene.ProjectAsync() })];

    private static IEnumerable<SimultaneousCall> OfGrants =>
        [
            OfProject("CreateProjectGrant", NewGrantAsync) with
            {
                Loses = "PROJECT-Gra02",
                Count = CountGrantsAsync,
            },
            OfProject("CreateProjectGrant", NewGrantAsync) with
            {
                Variant = "to an organization that goes",
                Loses = "PROJECT-Gra02",
                Parent = Parent.Partner,
                Gone = "PROJECT-Org01",
                Count = CountGrantsAsync,
            },
            OfProject("UpdateProjectGrant", GrantAsync),
            OfProject("UpdateProjectGrant", GrantAsync) with
            {
                Variant = "to an organization that goes",
                Parent = Parent.Partner,
                Gone = GrantUnknown,
            },
            OfProject("DeleteProjectGrant", GrantAsync),
            OfProject("DeactivateProjectGrant", GrantAsync) with
            {
                Loses = "PROJECT-Gra03",
            },
            OfProject("ActivateProjectGrant", async scene =>
            {
                var grant = await GrantAsync(scene);
                await scene.CallAsync($"{Projects}/DeactivateProjectGrant", grant);
                return grant;
            }) with
            {
                Loses = "PROJECT-Gra04",
            },
            OfProject("ListProjectGrants", async scene => new { filters = new[] { IdsFilter(await scene.ProjectAsync()) } }) with
            {
                Gone = null,
            },
        ];

    private static IEnumerable<SimultaneousCall> OfAuthorizations =>
        [
            new($"{Authorizations}/CreateAuthorization", NewAuthorizationAsync)
            {
                Loses = "AUTHZ-Ex001",
                Parent = Parent.Project,
                Gone = ProjectUnknown,
                Count = CountAuthorizationsAsync,
            },
            new($"{Authorizations}/CreateAuthorization", NewAuthorizationAsync)
            {
                Variant = "for a user who goes",
                Loses = "AUTHZ-Ex001",
                Parent = Parent.User,
                Gone = "QUERY-Dfbg2",
                Count = CountAuthorizationsAsync,
            },
            new($"{Authorizations}/CreateAuthorization", async scene => new
            {
                userId = await scene.UserAsync(),
                organizationId = await scene.GrantAsync(),
                projectId = scene.Project,
            })
            {
                Variant = "by an organization that goes",
                Loses = "AUTHZ-Ex001",
                Parent = Parent.Partner,
                Gone = ProjectUnknown,
                Count = CountAuthorizationsAsync,
            },
            OfAuthorization("UpdateAuthorization"),
            OfAuthorization("UpdateAuthorization") with
            {
                Variant = "of a user who goes",
                Parent = Parent.User,
            },
            OfAuthorization("DeleteAuthorization") with
            {
                Gone = null,
            },
            OfAuthorization("DeactivateAuthorization") with
            {
                Loses = "AUTHZ-St001",
            },
            OfAuthorization("ActivateAuthorization") with
            {
                Prepare = async scene =>
                {
                    var id = await scene.AuthorizationAsync();
                    await scene.CallAsync($"{Authorizations}/DeactivateAuthorization", new { id });
                    return new { id };
                },
                Loses = "AUTHZ-St002",
            },
            OfAuthorization("ListAuthorizations") with
            {
                Prepare = async scene =>
                {
                    await scene.AuthorizationAsync();
                    return new { filters = new[] { new { projectId = new { id = scene.Project } } } };
                },
                Gone = null,
            },
        ];

    private static SimultaneousCall OfProject(string method, Func<Scene, Task<object>> prepare) =>
        new($"{Projects}/{method}", prepare) { Parent = Parent.Project, Gone = ProjectUnknown };

    private static SimultaneousCall OfAuthorization(string method) =>
        new($"{Authorizations}/{method}", async scene => new { id = await scene.AuthorizationAsync() })
        {
            Parent = Parent.Project,
            Gone = AuthorizationUnknown,
        };

    private static object IdsFilter(string id) => new { inProjectIdsFilter = new { ids = new[] { id } } };

    private static async Task<object> NewGrantAsync(Scene scene) =>
        new { projectId = await scene.ProjectAsync(), grantedOrganizationId = await scene.PartnerAsync() };

    private static async Task<object> GrantAsync(Scene scene)
    {
        var partner = await scene.GrantAsync();
        return new { projectId = scene.Project, grantedOrganizationId = partner };
    }

    private static async Task<object> NewAuthorizationAsync(Scene scene) =>
        new
        {
            userId = await scene.UserAsync(),
            projectId = await scene.ProjectAsync(),
            roleKeys = new[] { "admin" },
        };

    private static Task<int> CountProjectsAsync(Scene scene) =>
        scene.CountAsync(
            $"{Projects}/ListProjects",
            "projects",
            new { filters = new[] { new { organizationIdFilter = new { organizationId = scene.Organization, type = "OWNED" } } } }
        );

    private static Task<int> CountGrantsAsync(Scene scene) =>
        scene.CountAsync($"{Projects}/ListProjectGrants", "projectGrants", new { filters = new[] { IdsFilter(scene.Project!) } });

    private static Task<int> CountAuthorizationsAsync(Scene scene) =>
        scene.CountAsync(
            $"{Authorizations}/ListAuthorizations",
            "authorizations",
            new { filters = new[] { new { projectId = new { id = scene.Project } } } }
        );
}
