using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Orleans.Sessions.EndToEnd.Clients.Harness;

namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>
/// The description of the REST surface: the host serves the document that the build writes, it is valid, and a page shows it.
/// </summary>
public sealed class ApiDescriptionTests(SqliteHost host, Chromium chromium) : ContractTests(host)
{
    private static readonly string s_built = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Binaries.Host)!, "openapi.v2.json");

    [Fact]
    public async Task What_the_build_wrote_is_what_the_host_serves() =>
        Assert.Equal(
            await File.ReadAllTextAsync(s_built, TestContext.Current.CancellationToken),
            (await Admin.As(null).GetAsync("/openapi/v2.json")).Body
        );

    [Fact]
    public async Task It_is_valid_OpenAPI()
    {
        var output = await Tool.RunAsync("node", ["validate-openapi.mjs", s_built], folder: await NodePackages.FolderAsync());
        Assert.Equal("valid 3.1", output.Expected.Trim());
    }

    [Fact]
    public async Task Spectral_has_neither_an_error_nor_a_warning()
    {
        var folder = await NodePackages.FolderAsync();
        var output = await Tool.RunAsync(
            Program(folder, "spectral"),
            ["lint", s_built, "--ruleset", "spectral.yaml", "--fail-severity", "warn"],
            folder: folder
        );
        _ = output.Expected;
    }

    [Fact]
    public async Task Redocly_has_neither_an_error_nor_a_warning()
    {
        var folder = await NodePackages.FolderAsync();
        var output = await Tool.RunAsync(
            Program(folder, "redocly"),
            ["lint", s_built, "--extends", "recommended", "--format", "json"],
            new Dictionary<string, string> { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
            folder
        );
        var totals = JsonNode.Parse(output.Text)!["totals"]!;
        Assert.True(((int)totals["errors"]!, (int)totals["warnings"]!) == (0, 0), output.Text);
    }

    [Fact]
    public async Task The_page_works_with_its_own_scripts_only()
    {
        var window = await chromium.NewWindowAsync();
        await using var closing = window;
        var page = await window.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        var hosts = new HashSet<string>();
        page.Request += (_, request) =>
        {
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var url) && url.Scheme.StartsWith("http", StringComparison.Ordinal))
            {
                hosts.Add(url.Authority);
            }
        };

        var response = await page.GotoAsync(new Uri(Admin.Host.Address, "/docs").ToString());
        await page.GetByText("Create session")
            .First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000, State = WaitForSelectorState.Attached });

        Assert.Contains("script-src 'self' 'nonce-", response!.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal([Admin.Host.Address.Authority], hosts);
        Assert.Empty(complaints);
        Assert.Equal(0, await page.Locator("a[href*='scalar.com']:visible").CountAsync());
        await page.EvaluateAsync(
            "() => { const foreign = document.createElement('script'); foreign.textContent = 'window.ranForeign = true'; document.head.append(foreign); }"
        );
        Assert.False(await page.EvaluateAsync<bool>("() => window.ranForeign === true"));
    }

    private static string Program(string folder, string name) => System.IO.Path.Combine(folder, "node_modules", ".bin", name);
}
