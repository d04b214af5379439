using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Orleans.Sessions.EndToEnd.Harness.Chromium))]

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A real browser that all tests share, with separate windows for each: the system's Chromium, headless. Debian's package is installed if
/// it is missing and the user is root. The browser starts when the first test needs it. It resolves every name that ends in .test to this
/// machine.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>How long a page may take: other tests start hosts at the same time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _browser = new(StartAsync);

    /// <summary>A new window without cookies or other memory.</summary>
    public async Task<IBrowserContext> NewWindowAsync()
    {
        var window = await (await _browser.Value).Browser.NewContextAsync();
        window.SetDefaultTimeout((float)s_patience.TotalMilliseconds);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            var (playwright, browser) = await _browser.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var executable = Find() ?? await InstallAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Args =
                [
                    "--no-sandbox",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--ignore-certificate-errors",
                    "--host-resolver-rules=MAP *.test 127.0.0.1",
                ],
            }
        );
        return (playwright, browser);
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => System.IO.Path.Combine(folder, "chromium"))
            .FirstOrDefault(File.Exists);

    private static async Task<string> InstallAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await DebianPackages.InstallAsync("chromium");
        }

        return Find() ?? throw new InvalidOperationException("Chromium is not installed: there is no chromium in PATH.");
    }
}
