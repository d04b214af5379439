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

        var token = TokenIn(await RecoverAsync(settings[Setting.DataPath]));

        (await new Api(host, token).GetAsync("/v2/oidc/clients")).Expect(200);
        Assert.DoesNotContain(token, host.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(settings[Setting.DataPath], "recover*"));
    }

    [Fact]
    public async Task A_service_that_was_stopped_takes_the_request_at_its_next_start()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var folder = settings[Setting.DataPath];
        await (await StartAsync(settings)).TerminateAsync();
        using (var abandoned = Start(folder))
        {
            while (!File.Exists(System.IO.Path.Combine(folder, "recover.request")))
            {
                Assert.False(abandoned.HasExited);
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            abandoned.Kill();
        }

        var host = await StartAsync(settings);
        var token = TokenIn(await RecoverAsync(folder));

        (await new Api(host, token).GetAsync("/v2/oidc/clients")).Expect(200);
        Assert.Empty(Directory.GetFiles(folder, "recover*"));
    }

    [Fact]
    public async Task The_token_waits_where_nobody_else_can_read_it()
    {
        var settings = HostSettings.Default.With(Setting.DataPath, NewFolder());
        var folder = settings[Setting.DataPath];
        await StartAsync(settings);
        var (request, answer) = (System.IO.Path.Combine(folder, "recover.request"), System.IO.Path.Combine(folder, "recover.pat"));

        await File.WriteAllTextAsync(request, "", TestContext.Current.CancellationToken);
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (File.Exists(request))
        {
            Assert.True(DateTime.UtcNow < deadline, "The request is still there.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(answer));
        }

        Assert.StartsWith("pat_", TokenIn(await RecoverAsync(folder)), StringComparison.Ordinal);
        Assert.False(File.Exists(answer));
    }

    private static string TokenIn(string output) =>
        output
            .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Single(word => word.StartsWith("pat_", StringComparison.Ordinal));

    private static Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Binaries.Host, "administrators", "recover", $"--Sessions:DataPath={folder}" })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<string> RecoverAsync(string folder)
    {
        using var process = Start(folder);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
