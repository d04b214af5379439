using Orleans.Sessions.EndToEnd.Clients.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>
/// <c>keycloak-js</c> in a browser, set up for any provider of OpenID Connect. It reads the claims of access tokens and refresh tokens, so
/// the access tokens are JWTs, and there are no refresh tokens.
/// </summary>
public abstract class KeycloakJsTests(Chromium chromium, SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_person_signs_in_stays_signed_in_and_signs_out()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var application = await BrowserApplication.StartAsync("keycloak-js.html");
        await application.RegisterAsync(
            Admin,
            frontend,
            ("grantTypes", new[] { RelyingParty.AuthorizationCode }),
            ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT")
        );
        var human = await Admin.NewHumanAsync();
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        var user = await application.SignInAsync(page, frontend, human);
        foreach (var part in new[] { "accessToken", "idToken", "userInfo" })
        {
            Assert.Equal(human.Id, user[part]!["sub"]!.GetValue<string>());
        }

        Assert.Equal(human.Email, user["userInfo"]!["email"]!.GetValue<string>());

        // It keeps no tokens: a page that is loaded again asks in a hidden frame.
        await page.ReloadAsync();
        Assert.Equal(human.Id, (await BrowserApplication.ShownAsync(page))!["accessToken"]!["sub"]!.GetValue<string>());

        Assert.Null(await BrowserApplication.PressAsync(page, "#sign-out"));
        (await Admin.ReadAsync(frontend.Session!)).Expect(Failures.NoSession);
    }
}

public sealed class KeycloakJsTestsOnSqlite(Chromium chromium, SqliteHost host) : KeycloakJsTests(chromium, host);

public sealed class KeycloakJsTestsOnPostgreSql(Chromium chromium, PostgreSqlHost host) : KeycloakJsTests(chromium, host);
