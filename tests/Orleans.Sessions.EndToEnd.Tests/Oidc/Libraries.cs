using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Relying parties that others wrote.</summary>
public sealed class Libraries(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task Openid_client_of_npm_logs_in_by_every_flow()
    {
        var web = await RelyingParty.RegisterAsync(Admin, ("postLogoutRedirectUris", new[] { RelyingParty.RedirectUri }));
        var spa = await RelyingParty.RegisterPublicAsync(Admin);
        var device = await RelyingParty.RegisterPublicAsync(
            Admin, ("redirectUris", Array.Empty<string>()), ("grantTypes", new[] { RelyingParty.DeviceCode }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        var output = await NodeProgram.RunAsync("openid-client", "login.mjs", new()
        {
            ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
            ["ADMIN_TOKEN"] = Admin.Token!,
            ["WEB_ID"] = web.Id,
            ["WEB_SECRET"] = web.Secret!,
            ["SPA_ID"] = spa.Id,
            ["DEVICE_ID"] = device.Id,
            ["REDIRECT_URI"] = RelyingParty.RedirectUri,
            ["SESSION_ID"] = session.Id,
            ["SESSION_TOKEN"] = session.Token,
            ["USER_ID"] = human.Id,
        });

        Assert.EndsWith("logout", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handler_of_aspnetcore_logs_in_and_out()
    {
        var address = $"http://localhost:{Ports.Next()}";
        var client = await RelyingParty.RegisterAsync(
            Admin, ("redirectUris", new[] { $"{address}/signin-oidc" }), ("postLogoutRedirectUris", new[] { $"{address}/signout-callback-oidc" }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        await using var application = Application(address, client);
        await application.StartAsync(TestContext.Current.CancellationToken);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);

        // The application sends the browser here, and here it is sent to the login frontend.
        var request = await RedirectAsync(browser, new Uri($"{address}/private"));
        var requestId = RelyingParty.QueryOf(await RedirectAsync(browser, request))["authRequest"];
        var page = new Uri((await client.CompleteAsync(requestId, session)).Expect(200).Text("callbackUrl"));

        // The handler wants its answer posted.
        var form = await browser.GetStringAsync(page, TestContext.Current.CancellationToken);
        using var fields = new FormUrlEncodedContent(form.Split("<input ")[1..].Select(input => KeyValuePair.Create(Attribute(input, "name"), Attribute(input, "value"))));
        using var signedIn = await browser.PostAsync(new Uri(Attribute(form, "action")), fields, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        Assert.Equal($"{human.Id} Minnie", await browser.GetStringAsync(new Uri($"{address}/private"), TestContext.Current.CancellationToken));

        var back = await RedirectAsync(browser, await RedirectAsync(browser, new Uri($"{address}/logout")));
        Assert.StartsWith($"{address}/signout-callback-oidc", back.AbsoluteUri, StringComparison.Ordinal);
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        Assert.Equal("/oauth/v2/authorize", (await RedirectAsync(browser, new Uri($"{address}/private"))).AbsolutePath);
    }

    [Fact]
    public async Task Apaches_mod_auth_openidc_lets_in_who_has_logged_in_until_the_session_ends()
    {
        await using var apache = new Apache();
        var client = await RelyingParty.RegisterAsync(
            Admin, ("redirectUris", new[] { apache.RedirectUri }), ("backchannelLogoutUri", apache.BackChannelLogoutUri));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        await apache.StartAsync(Admin.Host.Address, client);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { DefaultRequestHeaders = { { "Accept", "text/html" } } };

        var requestId = RelyingParty.QueryOf(await RedirectAsync(browser, await RedirectAsync(browser, apache.Page)))["authRequest"];
        var callback = new Uri((await client.CompleteAsync(requestId, session)).Expect(200).Text("callbackUrl"));
        Assert.Equal(apache.Page, await RedirectAsync(browser, callback));
        Assert.Equal("secret page", await browser.GetStringAsync(apache.Page, TestContext.Current.CancellationToken));

        (await Admin.EndAsync(session)).Expect(200);

        for (var clock = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            using var answer = await browser.GetAsync(apache.Page, TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.Found)
            {
                break;
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), "Apache must have heard of the logout.");
        }
    }

    private WebApplication Application(string address, RelyingParty client)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(options =>
        {
            options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
        }).AddCookie().AddOpenIdConnect(options =>
        {
            options.Authority = Admin.Host.Address.GetLeftPart(UriPartial.Authority);
            options.RequireHttpsMetadata = false;
            options.ClientId = client.Id;
            options.ClientSecret = client.Secret;
            options.ResponseType = "code";
            options.SaveTokens = true;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.MapInboundClaims = false;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var application = builder.Build();
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapGet("/private", (HttpContext http) => $"{http.User.FindFirst("sub")?.Value} {http.User.FindFirst("given_name")?.Value}").RequireAuthorization();
        application.MapGet("/logout", () => Results.SignOut(authenticationSchemes:
            [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]));
        return application;
    }

    private static async Task<Uri> RedirectAsync(HttpClient browser, Uri address)
    {
        using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.Found, $"{address}: {response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return new Uri(address, response.Headers.Location!);
    }

    private static string Attribute(string html, string name) => WebUtility.HtmlDecode(html.Split($"{name}=\"")[1].Split('"')[0]);
}
