using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary><c>oidc-client-ts</c> in a browser: an application without a back end, with a login frontend elsewhere.</summary>
public abstract class OidcClientTsTests(Chromium chromium, SharedHost host) : ContractTests(host)
{
    private const string Page = "oidc-client-ts.html";

    [Fact]
    public async Task It_signs_in_renews_with_a_refresh_token_and_signs_out()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var application = await BrowserApplication.StartAsync(Page);
        await application.RegisterAsync(Admin, frontend);
        application.Settings["scope"] = "openid profile email offline_access";
        application.Settings["loadUserInfo"] = true;
        application.Settings["fetchRequestCredentials"] = "include";
        application.Settings["revokeTokensOnSignout"] = true;
        var human = await Admin.NewHumanAsync();
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        var first = await application.SignInAsync(page, frontend, human);
        Assert.Equal((human.Id, human.Email), (Text(first["profile"], "sub"), Text(first["profile"], "email")));

        var second = (await BrowserApplication.PressAsync(page, "#renew"))!;
        Assert.Equal((human.Id, human.Email), (Text(second["profile"], "sub"), Text(second["profile"], "email")));
        Assert.NotEqual(Text(first, "access_token"), Text(second, "access_token"));
        Assert.NotEqual(Text(first, "refresh_token"), Text(second, "refresh_token"));

        Assert.Null(await BrowserApplication.PressAsync(page, "#sign-out"));
        (await Admin.ReadAsync(frontend.Session!)).Expect(Failures.NoSession);
        (await Admin.As(Text(second, "access_token")).GetAsync("/oidc/v1/userinfo")).Expect(401);
    }

    [Fact]
    public async Task It_renews_in_a_hidden_frame_as_long_as_the_session_lives()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var application = await BrowserApplication.StartAsync(Page);
        await application.RegisterAsync(Admin, frontend);
        application.Settings["scope"] = "openid profile";
        var human = await Admin.NewHumanAsync();
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        var first = await application.SignInAsync(page, frontend, human);
        Assert.Null(first["refresh_token"]);
        var second = (await BrowserApplication.PressAsync(page, "#renew"))!;
        Assert.Equal(human.Id, Text(second["profile"], "sub"));
        Assert.NotEqual(Text(first, "access_token"), Text(second, "access_token"));

        (await Admin.EndAsync(frontend.Session!)).Expect(200);
        await page.ClickAsync("#renew");
        Assert.Equal("login_required", await BrowserApplication.TextAsync(page));
    }

    [Fact]
    public async Task Its_tokens_work_only_with_the_key_in_the_browser()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var application = await BrowserApplication.StartAsync(Page);
        await application.RegisterAsync(Admin, frontend, ("senderConstraint", "SENDER_CONSTRAINT_DPOP"));
        application.Settings["scope"] = "openid email offline_access";
        application.Settings["isBound"] = true;
        var human = await Admin.NewHumanAsync();
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        var first = await application.SignInAsync(page, frontend, human);
        Assert.Equal(human.Email, Text(await BrowserApplication.PressAsync(page, "#user-info"), "email"));
        var second = (await BrowserApplication.PressAsync(page, "#renew"))!;
        Assert.Equal(human.Email, Text(await BrowserApplication.PressAsync(page, "#user-info"), "email"));

        Assert.NotEqual(Text(first, "access_token"), Text(second, "access_token"));
        foreach (var tokens in new[] { first, second })
        {
            Assert.Equal("DPoP", Text(tokens, "token_type"));
            (await Admin.As(Text(tokens, "access_token")).GetAsync("/oidc/v1/userinfo")).Expect(401);
        }
    }

    private static string Text(JsonNode? node, string member) => node![member]!.GetValue<string>();
}

public sealed class OidcClientTsTestsOnSqlite(Chromium chromium, SqliteHost host) : OidcClientTsTests(chromium, host);

public sealed class OidcClientTsTestsOnPostgreSql(Chromium chromium, PostgreSqlHost host) : OidcClientTsTests(chromium, host);
