using System.Diagnostics;

namespace Orleans.Sessions.Testing;

/// <summary>
/// Installs packages of Debian, which only root may do. Several tests may lack packages at the same time, and <c>apt-get</c> fails while
/// another one runs. So they take turns, across processes too.
/// </summary>
public static class DebianPackages
{
    private static readonly string s_turn = Path.Combine(Path.GetTempPath(), "sessions-apt.lock");

    /// <summary>Installs these packages. Fails if that is not possible.</summary>
    public static async Task InstallAsync(params string[] packages)
    {
        await RunAsync("update");
        await RunAsync(["install", "-y", "--no-install-recommends", .. packages]);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("flock", [s_turn, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"apt-get {string.Join(' ', arguments)} failed:\n{string.Join('\n', output)}");
        }
    }
}
