using System.Diagnostics;

namespace Orleans.Sessions.Faults.World;

/// <summary>Runs the programs that create networks and faults.</summary>
internal static class Shell
{
    /// <summary>The output of the command, which must succeed.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static async Task<string> RunAsync(params string[] words)
    {
        var (exitCode, output) = await TryAsync(words);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', words)}: exit code {exitCode}: {output}");
    }

    /// <summary>The exit code and the output of the command.</summary>
    public static async Task<(int ExitCode, string Output)> TryAsync(params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output + await error);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
