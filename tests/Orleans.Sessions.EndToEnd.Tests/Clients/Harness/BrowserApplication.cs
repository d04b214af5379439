using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Clients.Harness;

using Path = System.IO.Path;

/// <summary>
/// An application without a back end: one page of the folder <c>node/browser</c>, which uses npm packages as they are, without a bundler.
/// The page has a button for each thing that a person can do. Its element <c>pre</c> tells who is signed in, as JSON, or <c>nobody</c>, or
/// the error; it is empty while the application is busy.
/// </summary>
internal sealed class BrowserApplication : IAsyncDisposable
{
    /// <summary>The page is at all of them and knows by the path what to do.</summary>
    private static readonly string[] s_paths = ["/", "/callback", "/silent"];

    private readonly WebApplication _site;

    private BrowserApplication(string folder, string page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Address);
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(Path.Combine(folder, "node_modules")),
                RequestPath = "/node_modules",
            }
        );
        _site.MapGet("/settings", () => Results.Json(Settings));
        foreach (var path in s_paths)
        {
            _site.MapGet(path, () => Results.Content(page, MediaTypeNames.Text.Html));
        }
    }

    /// <summary>The origin. Its host is the service's, because browsers give frames of other sites no cookies.</summary>
    public string Address { get; } = $"http://127.0.0.1:{Ports.Next()}";

    /// <summary>What the page passes to the client, by the names of <c>oidc-client-ts</c>.</summary>
    public Dictionary<string, object> Settings { get; } = [];

    /// <summary>Starts the application with this page.</summary>
    public static async Task<BrowserApplication> StartAsync(string page)
    {
        var folder = await NodePackages.FolderAsync();
        var html = await File.ReadAllTextAsync(Path.Combine(folder, "browser", page), TestContext.Current.CancellationToken);
        var application = new BrowserApplication(folder, html);
        await application._site.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }

    /// <summary>Registers the application as a public client whose people log in at this frontend.</summary>
    public async Task RegisterAsync(Api admin, LoginFrontend frontend, params (string Name, object? Value)[] settings)
    {
        var client = await RelyingParty.RegisterPublicAsync(
            admin,
            [
                ("redirectUris", s_paths.Select(path => $"{Address}{path}").ToArray()),
                ("postLogoutRedirectUris", new[] { $"{Address}/" }),
                ("loginUri", frontend.LoginUri),
                .. settings,
            ]
        );
        Settings["authority"] = admin.Host.Address.GetLeftPart(UriPartial.Authority);
        Settings["client_id"] = client.Id;
        Settings["redirect_uri"] = $"{Address}/callback";
        Settings["silent_redirect_uri"] = $"{Address}/silent";
        Settings["post_logout_redirect_uri"] = $"{Address}/";
    }

    /// <summary>What a page shows when the application is no longer busy.</summary>
    public static async Task<string> TextAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => !!document.querySelector('pre')?.textContent");
        return (await page.TextContentAsync("pre"))!;
    }

    /// <summary>What a page shows of the person; <c>null</c> if nobody is signed in.</summary>
    public static async Task<JsonNode?> ShownAsync(IPage page)
    {
        var text = await TextAsync(page);
        if (text == "nobody")
        {
            return null;
        }

        Assert.StartsWith("{", text, StringComparison.Ordinal);
        return JsonNode.Parse(text);
    }

    /// <summary>Presses a button. Returns what the application shows afterwards.</summary>
    public static async Task<JsonNode?> PressAsync(IPage page, string button)
    {
        await page.ClickAsync(button);
        return await ShownAsync(page);
    }

    /// <summary>The person opens the application. Nobody is signed in.</summary>
    public async Task OpenAsync(IPage page)
    {
        await page.GotoAsync($"{Address}/");
        Assert.Null(await ShownAsync(page));
    }

    /// <summary>The person opens the application and signs in. Returns what the application then knows.</summary>
    public async Task<JsonNode> SignInAsync(IPage page, LoginFrontend frontend, Human human)
    {
        await OpenAsync(page);
        await page.ClickAsync("#sign-in");
        await page.WaitForURLAsync(url => url.StartsWith($"{frontend.LoginUri}?authRequest=V2_", StringComparison.Ordinal));
        await page.FillAsync("input[name=loginName]", human.LoginName);
        await page.FillAsync("input[name=password]", human.Password);
        await page.ClickAsync("button");
        await page.WaitForURLAsync(url => url.StartsWith($"{Address}/", StringComparison.Ordinal));
        return (await ShownAsync(page))!;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
