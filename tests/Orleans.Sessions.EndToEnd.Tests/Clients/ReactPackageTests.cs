using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary><c>@zitadel/react</c> in a browser: an application without a back end, with a login frontend elsewhere.</summary>
public abstract class ReactPackageTests(Chromium chromium, SharedHost host) : ContractTests(host)
{
    private const string Page = "zitadel-react.html";
    private const string Roles = "urn:zitadel:iam:org:project:roles";

    [Fact]
    public async Task A_person_signs_in_with_roles_and_out()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var application = await BrowserApplication.StartAsync(Page);
        var human = await Admin.NewHumanAsync();
        var project = await ProjectAsync(human);
        await application.RegisterAsync(Admin, frontend, ("projectId", project));
        application.Settings["project_resource_id"] = project;
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        var user = await application.SignInAsync(page, frontend, human);

        Assert.Equal(human.Id, user["profile"]!["sub"]!.GetValue<string>());
        Assert.Equal(human.Email, user["profile"]!["email"]!.GetValue<string>());
        Assert.Equal("Minnie", user["profile"]!["given_name"]!.GetValue<string>());
        Assert.NotNull(user["profile"]![Roles]!["admin"]);
        Assert.NotNull(user["profile"]![$"urn:zitadel:iam:org:project:{project}:roles"]!["admin"]);
        Assert.NotEmpty(user["access_token"]!.GetValue<string>());
        var other = await window.NewPageAsync();
        await other.GotoAsync($"{application.Address}/");
        Assert.Equal(human.Id, (await BrowserApplication.ShownAsync(other))!["profile"]!["sub"]!.GetValue<string>());

        await page.BringToFrontAsync();
        Assert.Null(await BrowserApplication.PressAsync(page, "#sign-out"));

        (await Admin.ReadAsync(frontend.Session!)).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task The_tokens_are_renewed_without_the_person()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var application = await BrowserApplication.StartAsync(Page);
        var human = await Admin.NewHumanAsync();
        await application.RegisterAsync(Admin, frontend, ("projectId", await ProjectAsync(human)));
        application.Settings["scope"] = $"openid email offline_access {Roles}";
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();
        var first = await application.SignInAsync(page, frontend, human);

        var second = (await BrowserApplication.PressAsync(page, "#renew"))!;

        Assert.NotEqual(first["access_token"]!.GetValue<string>(), second["access_token"]!.GetValue<string>());
        Assert.NotEqual(first["refresh_token"]!.GetValue<string>(), second["refresh_token"]!.GetValue<string>());
        Assert.Equal(human.Id, second["profile"]!["sub"]!.GetValue<string>());
        Assert.NotNull(second["profile"]![Roles]!["admin"]);
    }

    /// <summary>A project in which this person is an administrator.</summary>
    private async Task<string> ProjectAsync(Human human)
    {
        var project = new { organizationId = human.OrganizationId, name = Unique("project") };
        var projectId = (await CallAsync("project", "CreateProject", project)).Text("projectId");
        await CallAsync(
            "project",
            "AddProjectRole",
            new
            {
                projectId,
                roleKey = "admin",
                displayName = "Admin",
            }
        );
        await CallAsync(
            "authorization",
            "CreateAuthorization",
            new
            {
                userId = human.Id,
                projectId,
                roleKeys = new[] { "admin" },
            }
        );
        return projectId;
    }

    private async Task<Reply> CallAsync(string service, string method, object body)
    {
        var name = $"{char.ToUpperInvariant(service[0])}{service[1..]}Service";
        return (await Admin.PostAsync($"/zitadel.{service}.v2.{name}/{method}", body)).Expect(200);
    }
}

public sealed class ReactPackageTestsOnSqlite(Chromium chromium, SqliteHost host) : ReactPackageTests(chromium, host);

public sealed class ReactPackageTestsOnPostgreSql(Chromium chromium, PostgreSqlHost host) : ReactPackageTests(chromium, host);
