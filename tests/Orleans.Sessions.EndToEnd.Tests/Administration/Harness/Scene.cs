using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>What a call is about. Everything is new, and is made once in a scene.</summary>
public sealed class Scene(Api admin)
{
    public string? Organization { get; private set; }

    public string? Partner { get; private set; }

    public string? Project { get; private set; }

    public string? Application { get; private set; }

    public string? User { get; private set; }

    public OpenSession? Session { get; private set; }

    public string? Provider { get; private set; }

    /// <summary>A text for the name or id of what the call makes.</summary>
    public string New { get; } = Unique("new");

    /// <summary>Calls a method that must succeed.</summary>
    public async Task<Reply> CallAsync(string method, object request) => (await admin.PostAsync($"/{method}", request)).Expect(200);

    /// <summary>Whether a call succeeds, which reads something.</summary>
    public async Task<bool> HasAsync(string method, object request) => (await admin.PostAsync($"/{method}", request)).Status == 200;

    /// <summary>The number of items in an answer; none if the call is refused.</summary>
    public async Task<int> CountAsync(string method, string list, object request, Func<JsonNode, bool>? which = null) =>
        (await admin.PostAsync($"/{method}", request)).Items(list).Count(which ?? (_ => true));

    public async Task<string> OrganizationAsync() => Organization ??= await NewOrganizationAsync();

    /// <summary>Another organization.</summary>
    public async Task<string> PartnerAsync() => Partner ??= await NewOrganizationAsync();

    /// <summary>A project with the role <c>admin</c>, of the organization.</summary>
    public async Task<string> ProjectAsync()
    {
        if (Project is not null)
        {
            return Project;
        }

        var made = await CallAsync(
            "zitadel.project.v2.ProjectService/CreateProject",
            new { organizationId = await OrganizationAsync(), name = Unique("project") }
        );
        Project = made.Text("projectId");
        await CallAsync(
            "zitadel.project.v2.ProjectService/AddProjectRole",
            new
            {
                projectId = Project,
                roleKey = "admin",
                displayName = "Admin",
            }
        );
        return Project;
    }

    /// <summary>A grant of the project to the partner. Returns the partner.</summary>
    public async Task<string> GrantAsync()
    {
        var partner = await PartnerAsync();
        await CallAsync(
            "zitadel.project.v2.ProjectService/CreateProjectGrant",
            new { projectId = await ProjectAsync(), grantedOrganizationId = partner }
        );
        return partner;
    }

    /// <summary>An API of the project that authenticates with a secret or with keys.</summary>
    public async Task<string> ApplicationAsync(bool withKeys = false)
    {
        if (Application is not null)
        {
            return Application;
        }

        var made = await CallAsync(
            "zitadel.application.v2.ApplicationService/CreateApplication",
            new
            {
                projectId = await ProjectAsync(),
                name = "api",
                apiConfiguration = new
                {
                    authMethodType = withKeys ? "API_AUTH_METHOD_TYPE_PRIVATE_KEY_JWT" : "API_AUTH_METHOD_TYPE_BASIC",
                },
            }
        );
        return Application = made.Text("applicationId");
    }

    /// <summary>A key of the application.</summary>
    public async Task<string> KeyAsync() =>
        (
            await CallAsync(
                "zitadel.application.v2.ApplicationService/CreateApplicationKey",
                new { applicationId = await ApplicationAsync(withKeys: true) }
            )
        ).Text("keyId");

    public async Task<string> UserAsync() => User ??= (await admin.NewHumanAsync()).Id;

    /// <summary>A session of the user, who has proved a password.</summary>
    public async Task<OpenSession> SessionAsync()
    {
        if (Session is not null)
        {
            return Session;
        }

        var human = await admin.NewHumanAsync();
        User = human.Id;
        return Session = await admin.OpenAsync(human);
    }

    /// <summary>An application in which the session is logged in.</summary>
    public async Task<string> LoginAsync()
    {
        var client = await RelyingParty.RegisterAsync(admin);
        await client.SignInAsync(await SessionAsync());
        return client.Id;
    }

    /// <summary>The authorization of the user for the project.</summary>
    public async Task<string> AuthorizationAsync() =>
        (
            await CallAsync(
                "zitadel.authorization.v2.AuthorizationService/CreateAuthorization",
                new
                {
                    userId = await UserAsync(),
                    projectId = await ProjectAsync(),
                    roleKeys = new[] { "admin" },
                }
            )
        ).Text("id");

    /// <summary>A domain of the organization.</summary>
    public async Task<string> DomainAsync()
    {
        var domain = $"{New}.example.com";
        await CallAsync(
            "zitadel.org.v2.OrganizationService/AddOrganizationDomain",
            new { organizationId = await OrganizationAsync(), domain }
        );
        return domain;
    }

    public async Task<string> ProviderAsync() =>
        Provider ??= (
            await CallAsync(
                "zitadel.admin.v1.AdminService/AddGenericOIDCProvider",
                new
                {
                    name = New,
                    issuer = "https://idp.example.com",
                    clientId = "client",
                    clientSecret = "very secret",
                }
            )
        ).Text("id");

    /// <summary>Withdraws the web key that will sign next, if there is one.</summary>
    public async Task WithdrawNextKeyAsync()
    {
        var keys = (await CallAsync("zitadel.webkey.v2.WebKeyService/ListWebKeys", new { })).Items("webKeys");
        foreach (var key in keys.Where(key => key["state"]?.GetValue<string>() == "STATE_INITIAL"))
        {
            await CallAsync("zitadel.webkey.v2.WebKeyService/DeleteWebKey", new { id = key["id"]!.GetValue<string>() });
        }
    }

    /// <summary>The web key that will sign next.</summary>
    public async Task<string> NextKeyAsync()
    {
        await WithdrawNextKeyAsync();
        return (await CallAsync("zitadel.webkey.v2.WebKeyService/CreateWebKey", new { })).Text("id");
    }

    private async Task<string> NewOrganizationAsync() =>
        (await CallAsync("zitadel.org.v2.OrganizationService/AddOrganization", new { name = Unique("org") })).Text("organizationId");
}
