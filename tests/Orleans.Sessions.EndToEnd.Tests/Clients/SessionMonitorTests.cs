using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Clients.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary><c>oidc-client-ts</c> watches in the browser whether the person is still signed in.</summary>
public sealed class SessionMonitorTests(Chromium chromium, WatchingHost watching) : IClassFixture<WatchingHost>
{
    [Fact]
    public async Task An_open_page_hears_of_the_logout_in_another_one()
    {
        var admin = watching.Api;
        await using var frontend = await LoginFrontend.StartAsync(admin);
        await using var application = await BrowserApplication.StartAsync("oidc-client-ts.html");
        await application.RegisterAsync(admin, frontend);
        application.Settings["monitorSession"] = true;
        application.Settings["checkSessionIntervalInSeconds"] = 1;
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();

        var user = await application.SignInAsync(page, frontend, await admin.NewHumanAsync());
        await page.WaitForSelectorAsync("body[data-session=unchanged]");
        Assert.NotNull(await BrowserApplication.ShownAsync(page));

        var other = await window.NewPageAsync();
        var endSession = $"{admin.Host.Address.GetLeftPart(UriPartial.Authority)}/oidc/v1/end_session";
        await other.GotoAsync(QueryHelpers.AddQueryString(endSession, "id_token_hint", user["id_token"]!.GetValue<string>()));
        await page.BringToFrontAsync();

        await page.WaitForFunctionAsync("() => document.querySelector('pre').textContent === 'nobody'");
    }
}
