using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Orleans.Sessions.EndToEnd.Clients.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

using Path = System.IO.Path;

/// <summary><c>@zitadel/react</c> in a browser: an application without a back end, with a login frontend elsewhere.</summary>
public abstract class ReactPackageTests(Chromium chromium, SharedHost host) : ContractTests(host)
{
    private const string Roles = "urn:zitadel:iam:org:project:roles";

    [Fact]
    public async Task A_person_signs_in_with_roles_and_out()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        var (human, address) = (await Admin.NewHumanAsync(), NewAddress());
        var project = await ProjectAsync(human);
        var client = await RegisterAsync(address, frontend, project);
        await using var application = await StartAsync(address, client, ("project_resource_id", project));
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{address}/");
        Assert.Null(await ShownAsync(page));

        var user = await SignInAsync(page, frontend, human);

        Assert.Equal(human.Id, user["profile"]!["sub"]!.GetValue<string>());
        Assert.Equal(human.Email, user["profile"]!["email"]!.GetValue<string>());
        Assert.Equal("Minnie", user["profile"]!["given_name"]!.GetValue<string>());
        Assert.NotNull(user["profile"]![Roles]!["admin"]);
        Assert.NotNull(user["profile"]![$"urn:zitadel:iam:org:project:{project}:roles"]!["admin"]);
        Assert.NotEmpty(user["access_token"]!.GetValue<string>());
        var other = await window.NewPageAsync();
        await other.GotoAsync($"{address}/");
        Assert.Equal(human.Id, (await ShownAsync(other))!["profile"]!["sub"]!.GetValue<string>());

        await page.ClickAsync("#sign-out");
        await page.WaitForURLAsync($"{address}/");

        Assert.Null(await ShownAsync(page));
        (await Admin.ReadAsync(frontend.Session!)).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task The_tokens_are_renewed_without_the_person()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        var (human, address) = (await Admin.NewHumanAsync(), NewAddress());
        var client = await RegisterAsync(address, frontend, await ProjectAsync(human));
        await using var application = await StartAsync(address, client, ("scope", $"openid email offline_access {Roles}"));
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{address}/");
        var first = await SignInAsync(page, frontend, human);

        var before = await page.TextContentAsync("pre");
        await page.ClickAsync("#renew");
        await page.WaitForFunctionAsync("before => document.querySelector('pre').textContent !== before", before);

        var second = (await ShownAsync(page))!;
        Assert.NotEqual(first["access_token"]!.GetValue<string>(), second["access_token"]!.GetValue<string>());
        Assert.NotEqual(first["refresh_token"]!.GetValue<string>(), second["refresh_token"]!.GetValue<string>());
        Assert.Equal(human.Id, second["profile"]!["sub"]!.GetValue<string>());
        Assert.NotNull(second["profile"]![Roles]!["admin"]);
    }

    /// <summary>Signs in from the application's page. Returns what the application then knows of the user.</summary>
    private static async Task<JsonNode> SignInAsync(IPage page, LoginFrontend frontend, Human human)
    {
        await page.ClickAsync("#sign-in");
        await page.WaitForURLAsync(url => url.StartsWith($"{frontend.LoginUri}?authRequest=V2_", StringComparison.Ordinal));
        await page.FillAsync("input[name=loginName]", human.LoginName);
        await page.FillAsync("input[name=password]", human.Password);
        await page.ClickAsync("button");
        await page.WaitForURLAsync(url => url.Contains("/callback?", StringComparison.Ordinal));
        return (await ShownAsync(page))!;
    }

    /// <summary>What the page shows of the user; <c>null</c> if nobody is signed in.</summary>
    private static async Task<JsonNode?> ShownAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('pre').textContent !== ''");
        var text = (await page.TextContentAsync("pre"))!;
        if (text == "nobody")
        {
            return null;
        }

        Assert.StartsWith("{", text, StringComparison.Ordinal);
        return JsonNode.Parse(text);
    }

    private static string NewAddress() => $"http://localhost:{Ports.Next()}";

    private Task<RelyingParty> RegisterAsync(string address, LoginFrontend frontend, string project) =>
        RelyingParty.RegisterPublicAsync(
            Admin,
            ("redirectUris", new[] { $"{address}/callback" }),
            ("postLogoutRedirectUris", new[] { $"{address}/" }),
            ("loginUri", frontend.LoginUri),
            ("projectId", project)
        );

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

    /// <summary>The application: its page, its settings, and the packages.</summary>
    private async Task<WebApplication> StartAsync(string address, RelyingParty client, (string Name, string Value) setting)
    {
        var folder = await NodePackages.FolderAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(folder, "react", "page.html"), TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string>
        {
            ["authority"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
            ["client_id"] = client.Id,
            ["redirect_uri"] = $"{address}/callback",
            ["post_logout_redirect_uri"] = $"{address}/",
            [setting.Name] = setting.Value,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(Path.Combine(folder, "node_modules")),
                RequestPath = "/node_modules",
            }
        );
        application.MapGet("/settings", () => Results.Json(settings));
        foreach (var path in new[] { "/", "/callback" })
        {
            application.MapGet(path, () => Results.Content(page, MediaTypeNames.Text.Html));
        }

        await application.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }
}

public sealed class ReactPackageTestsOnSqlite(Chromium chromium, SqliteHost host) : ReactPackageTests(chromium, host);

public sealed class ReactPackageTestsOnPostgreSql(Chromium chromium, PostgreSqlHost host) : ReactPackageTests(chromium, host);
