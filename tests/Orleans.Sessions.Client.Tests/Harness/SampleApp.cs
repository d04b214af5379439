using System.Diagnostics;
using System.Globalization;

namespace Orleans.Sessions.Client.Tests.Harness;

/// <summary>The sample application in a process of its own.</summary>
public sealed class SampleApp : IAsyncLifetime
{
    private static readonly TimeSpan s_startsWithin = TimeSpan.FromMinutes(3);

    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Next().ToString(CultureInfo.InvariantCulture)}");
    private readonly Process _process;

    public SampleApp(TwoSilos cluster)
    {
        var start = new ProcessStartInfo("dotnet", [Binaries.Find("deploy/samples/CookieApp"), "--urls", _address.ToString()]);
        start.Environment[Setting.ConnectionString] = cluster.ConnectionString;
        start.Environment[Setting.LogLevel] = "Warning";
        _process = Process.Start(start)!;
    }

    public async ValueTask InitializeAsync()
    {
        using var client = new HttpClient { BaseAddress = _address };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_startsWithin; await Task.Delay(100))
        {
            try
            {
                using var reply = await client.GetAsync("/");
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(_process.HasExited, "The sample ended.");
            }
        }

        Assert.Fail("The sample does not listen.");
    }

    /// <summary>Logs in with a new browser that keeps its cookies.</summary>
    public async Task<(HttpClient Browser, HttpResponseMessage Reply)> LogInAsync(string userName, string password)
    {
        var browser = new HttpClient { BaseAddress = _address };
        return (browser, await LogInAsync(browser, userName, password));
    }

    /// <summary>Logs in with a browser that may already be logged in.</summary>
    public static async Task<HttpResponseMessage> LogInAsync(HttpClient browser, string userName, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["userName"] = userName, ["password"] = password });
        return await browser.PostAsync("/login", form);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
