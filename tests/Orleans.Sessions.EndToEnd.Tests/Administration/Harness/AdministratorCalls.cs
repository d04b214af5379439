namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The methods of administrators.</summary>
internal static class AdministratorCalls
{
    private const string Administrators = "zitadel.internal_permission.v2.InternalPermissionService";
    private const string UserUnknown = "QUERY-Dfbg2";

    private static readonly object s_instance = new { instance = true };
    private static readonly string[] s_instanceRoles = ["IAM_USER_MANAGER"];

    public static IEnumerable<SimultaneousCall> All =>
        [
            Of("CreateAdministrator", NewAsync) with
            {
                Loses = "COMMAND-ERB4q",
                Gone = UserUnknown,
                Count = CountAsync,
            },
            Of("CreateAdministrator", NewOfOrganizationAsync) with
            {
                Variant = "of an organization",
                Loses = "COMMAND-ERB4q",
                Gone = UserUnknown,
                Count = CountAsync,
            },
            Of("CreateAdministrator", NewOfOrganizationAsync) with
            {
                Variant = "of an organization that goes",
                Loses = "COMMAND-ERB4q",
                Parent = Parent.Organization,
                Gone = "ORG-1MRds",
                Count = CountAsync,
            },
            Of("UpdateAdministrator", async scene =>
            {
                await AddAsync(scene);
                return new
                {
                    userId = scene.User,
                    resource = s_instance,
                    roles = new[] { "IAM_OWNER_VIEWER" },
                };
            }) with
            {
                Gone = UserUnknown,
            },
            Of("DeleteAdministrator", async scene =>
            {
                await AddAsync(scene);
                return new { userId = scene.User, resource = s_instance };
            }),
            Of("ListAdministrators", async scene =>
            {
                await AddAsync(scene);
                return ListOf(scene);
            }),
        ];

    private static SimultaneousCall Of(string method, Func<Scene, Task<object>> prepare) =>
        new($"{Administrators}/{method}", prepare) { Parent = Parent.User };

    private static async Task<object> NewAsync(Scene scene) =>
        new
        {
            userId = await scene.UserAsync(),
            resource = s_instance,
            roles = s_instanceRoles,
        };

    private static async Task<object> NewOfOrganizationAsync(Scene scene) =>
        new
        {
            userId = await scene.UserAsync(),
            resource = new { organizationId = await scene.OrganizationAsync() },
            roles = new[] { "ORG_OWNER" },
        };

    private static async Task AddAsync(Scene scene) =>
        await scene.CallAsync($"{Administrators}/CreateAdministrator", await NewAsync(scene));

    private static object ListOf(Scene scene) => new { filters = new[] { new { inUserIdsFilter = new { ids = new[] { scene.User } } } } };

    private static Task<int> CountAsync(Scene scene) =>
        scene.CountAsync($"{Administrators}/ListAdministrators", "administrators", ListOf(scene));
}
