using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>The way back in for whoever runs the machine.</summary>
public sealed class RecoveryTests : OwnHosts
{
    [Fact]
    public async Task Whoever_runs_the_machine_makes_a_new_administrator()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var host = await StartAsync(settings);

        var output = await RecoverAsync(settings[Setting.DataPath]);

        var token = output.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Single(IsToken);
        (await new Api(host, token).GetAsync("/v2/oidc/clients")).Expect(200);
        Assert.DoesNotContain(token, host.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(settings[Setting.DataPath], "recover*"));
    }

    private static bool IsToken(string word) => word.StartsWith("pat_", StringComparison.Ordinal);

    private static async Task<string> RecoverAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Binaries.Host, "administrators", "recover", $"--Sessions:DataPath={folder}" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
