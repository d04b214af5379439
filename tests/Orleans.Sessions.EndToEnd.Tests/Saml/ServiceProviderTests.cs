using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Third-party service providers.</summary>
public abstract class ServiceProviderTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Node_saml_logs_in_and_out_by_both_bindings()
    {
        using var key = new SpKey();
        var human = await Admin.NewHumanAsync();
        var sessions = new List<object[]>();
        foreach (var binding in new[] { "HTTP-Redirect", "HTTP-POST" })
        {
            var session = await Admin.OpenAsync(human);
            sessions.Add([binding, new { sessionId = session.Id, sessionToken = session.Token }]);
        }

        var (shared, second) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var output = await NodeProgram.RunAsync(
            "node-saml",
            "login.mjs",
            new()
            {
                ["ORIGIN"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["ADMIN_TOKEN"] = Admin.Token!,
                ["SP"] = $"https://{Unique("sp")}.example.com",
                ["KEY"] = key.KeyPem,
                ["CERTIFICATE"] = key.CertificatePem,
                ["SESSIONS"] = JsonSerializer.Serialize(sessions),
                ["SHARED_SESSION"] = JsonSerializer.Serialize(new { sessionId = shared.Id, sessionToken = shared.Token }),
                ["SECOND_SHARED_SESSION"] = JsonSerializer.Serialize(new { sessionId = second.Id, sessionToken = second.Token }),
                ["USER_ID"] = human.Id,
                ["EMAIL"] = human.Email,
            },
            under: "Saml"
        );

        Assert.EndsWith("wrapped and altered requests are refused", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redirect")]
    [InlineData("post")]
    public async Task Apaches_mod_auth_mellon_lets_in_who_has_logged_in_until_logout(string binding)
    {
        await using var apache = new Mellon();
        var metadata = (await Admin.As(null).GetAsync("/saml/v2/metadata")).Expect(200).Body;
        await apache.StartAsync(
            binding == "redirect"
                ? metadata
                : Regex.Replace(
                    metadata,
                    """<md:SingleSignOnService [^>]*HTTP-Redirect[^>]*(/>|></md:SingleSignOnService>)""",
                    "",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
        );
        (
            await Admin.PostAsync("/v2/saml/service_providers", new { settings = new { name = "Mellon", metadata = apache.Metadata } })
        ).Expect(201);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);

        // The way goes from the page to Mellon's login, and by either binding to the identity provider.
        var login = await RedirectAsync(browser, apache.Page);
        var loginPage =
            binding == "redirect"
                ? await RedirectAsync(browser, await RedirectAsync(browser, login))
                : await SubmitAsync(browser, login, await browser.GetStringAsync(login, TestContext.Current.CancellationToken));
        await SignInAsync(browser, apache, loginPage, session);

        var back = await RedirectAsync(browser, await RedirectAsync(browser, apache.Logout));
        Assert.EndsWith("/open", (await RedirectAsync(browser, back)).AbsolutePath, StringComparison.Ordinal);
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        await RedirectAsync(browser, apache.Page);
    }

    [Fact]
    public async Task Apaches_mod_auth_mellon_lets_out_who_has_logged_out_elsewhere()
    {
        await using var apache = new Mellon();
        await apache.StartAsync((await Admin.As(null).GetAsync("/saml/v2/metadata")).Expect(200).Body);
        (
            await Admin.PostAsync("/v2/saml/service_providers", new { settings = new { name = "Mellon", metadata = apache.Metadata } })
        ).Expect(201);
        using var elsewhere = await TestServiceProvider.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);
        await SignInAsync(
            browser,
            apache,
            await RedirectAsync(browser, await RedirectAsync(browser, await RedirectAsync(browser, apache.Page))),
            session
        );
        var login = await elsewhere.SignInAsync(session);

        var told = (await elsewhere.LogoutAsync(elsewhere.LogoutRequest(login.NameId, login.SessionIndex), "bye")).Expect(302);
        var answer = await RedirectAsync(browser, new Uri(told.Header("Location")!));
        var reply = await elsewhere.Browser.GetAsync(answer.PathAndQuery);

        var response = await ReceivedMessage.OfAsync(elsewhere.Browser, reply, $"{TestServiceProvider.LogoutAddress}/done");
        Assert.Equal(("Success", "bye"), (response.Status, response.RelayState));
        Assert.False(response.Has("/*/p:Status/p:StatusCode/p:StatusCode"));
        await RedirectAsync(browser, apache.Page);
    }

    /// <summary>From the login page to the protected one.</summary>
    private async Task SignInAsync(HttpClient browser, Mellon apache, Uri loginPage, OpenSession session)
    {
        var answer = (
            await Admin.PostAsync(
                $"/v2/saml/saml_requests/{RelyingParty.QueryOf(loginPage)["samlRequest"]}",
                new { session = new { sessionId = session.Id, sessionToken = session.Token } }
            )
        ).Expect(200);
        using var fields = new FormUrlEncodedContent([
            new("SAMLResponse", answer.Text("post.samlResponse")),
            new("RelayState", answer.Text("post.relayState")),
        ]);
        using var signedIn = await browser.PostAsync(new Uri(answer.Text("url")), fields, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        Assert.Equal("secret page", await browser.GetStringAsync(apache.Page, TestContext.Current.CancellationToken));
    }

    private static async Task<Uri> RedirectAsync(HttpClient browser, Uri address)
    {
        using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        return await TargetAsync(response, address);
    }

    /// <summary>The URL to which the form of a page leads.</summary>
    private static async Task<Uri> SubmitAsync(HttpClient browser, Uri address, string html)
    {
        using var fields = new FormUrlEncodedContent(
            html.Split("<input type=\"hidden\" ")[1..]
                .Select(input => KeyValuePair.Create(Attribute(input, "name"), Attribute(input, "value")))
        );
        using var response = await browser.PostAsync(
            new Uri(address, Attribute(html, "action")),
            fields,
            TestContext.Current.CancellationToken
        );
        return await TargetAsync(response, address);
    }

    private static async Task<Uri> TargetAsync(HttpResponseMessage response, Uri address)
    {
        Assert.True(
            response.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther,
            $"{address}: {response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}"
        );
        return new Uri(address, response.Headers.Location!);
    }

    private static string Attribute(string html, string name) => WebUtility.HtmlDecode(html.Split($"{name}=\"")[1].Split('"')[0]);
}

public sealed class ServiceProviderTestsOnSqlite(SqliteHost host) : ServiceProviderTests(host);

public sealed class ServiceProviderTestsOnPostgreSql(PostgreSqlHost host) : ServiceProviderTests(host);
