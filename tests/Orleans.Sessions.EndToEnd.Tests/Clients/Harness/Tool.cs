using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Clients.Harness;

/// <summary>Runs third-party programs. Installs Debian's package if a program is missing and the user is root.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private static readonly SemaphoreSlim s_installing = new(1);

    /// <summary>What a program printed, and its exit code.</summary>
    public sealed record Output(int ExitCode, string Text, string Errors)
    {
        /// <summary>Its output; throws if the program failed.</summary>
        public string Expected => ExitCode == 0 ? Text : throw new InvalidOperationException($"Exit code {ExitCode}: {Text}\n{Errors}");
    }

    /// <summary>Makes sure that the program is installed.</summary>
    public static async Task NeedAsync(string program, params string[] packages)
    {
        await s_installing.WaitAsync();
        try
        {
            if (!IsInstalled(program) && Environment.UserName == "root")
            {
                await DebianPackages.InstallAsync(packages);
            }
        }
        finally
        {
            s_installing.Release();
        }

        Assert.True(IsInstalled(program), $"{program} is not installed");
    }

    /// <summary>Runs a program until it ends.</summary>
    public static async Task<Output> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var text = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Output(process.ExitCode, await text, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {s_patience.TotalSeconds} s.");
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));
}
