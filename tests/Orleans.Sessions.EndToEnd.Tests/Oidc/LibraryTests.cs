using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Third-party relying parties, with a login frontend outside of this service. Users have a real browser.</summary>
public abstract class LibraryTests(Chromium chromium, SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task The_handler_of_aspnetcore_logs_in_and_out()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        var address = $"http://{Admin.Host.Address.Host}:{Ports.Next()}";
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("redirectUris", new[] { $"{address}/signin-oidc" }),
            ("postLogoutRedirectUris", new[] { $"{address}/signout-callback-oidc" }),
            ("loginUri", frontend.LoginUri)
        );
        var human = await Admin.NewHumanAsync();
        await using var application = Application(address, client);
        await application.StartAsync(TestContext.Current.CancellationToken);
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        // The handler expects the answer in a form post, which a page of this service sends.
        await page.GotoAsync($"{address}/private");
        await LogInAsync(page, frontend, human);
        await page.WaitForURLAsync($"{address}/private");
        Assert.Equal($"{human.Id} Minnie", await page.InnerTextAsync("body"));

        await page.GotoAsync($"{address}/logout");
        Assert.Equal("Goodbye", await page.InnerTextAsync("body"));
        (await Admin.ReadAsync(frontend.Session!)).Expect(Failures.NoSession);
        await page.GotoAsync($"{address}/private");
        Assert.StartsWith(frontend.LoginUri, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apaches_mod_auth_openidc_lets_in_who_has_logged_in_until_the_session_ends()
    {
        await using var frontend = await LoginFrontend.StartAsync(Admin);
        await using var apache = new Apache();
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("redirectUris", new[] { apache.RedirectUri }),
            ("backchannelLogoutUri", apache.BackChannelLogoutUri),
            ("loginUri", frontend.LoginUri)
        );
        await apache.StartAsync(Admin.Host.Address, client);
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        await page.GotoAsync(apache.Page.AbsoluteUri);
        await LogInAsync(page, frontend, await Admin.NewHumanAsync());
        await page.WaitForURLAsync(apache.Page.AbsoluteUri);
        Assert.Equal("secret page", await page.InnerTextAsync("body"));

        (await Admin.EndAsync(frontend.Session!)).Expect(200);

        for (
            var clock = Stopwatch.StartNew();
            !page.Url.StartsWith(frontend.LoginUri, StringComparison.Ordinal);
            await page.GotoAsync(apache.Page.AbsoluteUri)
        )
        {
            Assert.True(clock.Elapsed < Eventually.Patience(TimeSpan.FromSeconds(2)), "Apache must have heard of the logout.");
        }
    }

    /// <summary>The user signs in at the frontend. The browser must be there by now.</summary>
    private static async Task LogInAsync(IPage page, LoginFrontend frontend, Human human)
    {
        Assert.Matches($"^{Regex.Escape(frontend.LoginUri)}\\?authRequest=V2_", page.Url);
        await page.FillAsync("input[name=loginName]", human.LoginName);
        await page.FillAsync("input[name=password]", human.Password);
        await page.ClickAsync("button");
    }

    private WebApplication Application(string address, RelyingParty client)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection();
        builder.Services.AddAuthorization();
        builder
            .Services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddOpenIdConnect(options =>
            {
                options.Authority = Admin.Host.Address.GetLeftPart(UriPartial.Authority);
                options.RequireHttpsMetadata = false;
                options.ClientId = client.Id;
                options.ClientSecret = client.Secret;
                options.ResponseType = "code";
                options.SaveTokens = true;
                options.GetClaimsFromUserInfoEndpoint = true;
                options.MapInboundClaims = false;

                // Without https browsers drop cookies that must be sent with posts from other sites. Here service and application are one
                // site.
                options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
            });
        var application = builder.Build();
        application.UseAuthentication();
        application.UseAuthorization();
        application
            .MapGet("/private", (HttpContext http) => $"{http.User.FindFirst("sub")?.Value} {http.User.FindFirst("given_name")?.Value}")
            .RequireAuthorization();
        application.MapGet("/logout", () =>
            Results.SignOut(
                new AuthenticationProperties { RedirectUri = "/goodbye" },
                [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]
            )
        );
        application.MapGet("/goodbye", () => "Goodbye");
        return application;
    }
}

public sealed class LibraryTestsOnSqlite(Chromium chromium, SqliteHost host) : LibraryTests(chromium, host);

public sealed class LibraryTestsOnPostgreSql(Chromium chromium, PostgreSqlHost host) : LibraryTests(chromium, host);
