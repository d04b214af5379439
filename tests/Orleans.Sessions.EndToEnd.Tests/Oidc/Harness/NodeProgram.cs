using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

using Path = System.IO.Path;

/// <summary>
/// A program for Node.js in the repository, with its lock file. Its packages are installed once per lock file, outside of the sources.
/// </summary>
public static class NodeProgram
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> s_prepared = new(StringComparer.Ordinal);

    /// <summary>Runs a script of a folder beside the tests and returns its output. Fails the test if the script fails.</summary>
    public static async Task<string> RunAsync(string folder, string script, Dictionary<string, string> environment, string under = "Oidc")
    {
        var source = Path.Combine(AppContext.BaseDirectory, under, folder);

        // Tests with different databases run the same script at the same time.
        var home = await s_prepared.GetOrAdd(source, _ => new Lazy<Task<string>>(() => PrepareAsync(source))).Value;
        return await Programs.RunAsync("node", [script], home, environment);
    }

    private static async Task<string> PrepareAsync(string source)
    {
        await EnsureNodeAsync();
        var home = await InstallAsync(source);
        foreach (var script in Directory.GetFiles(source, "*.mjs"))
        {
            File.Copy(script, Path.Combine(home, Path.GetFileName(script)), overwrite: true);
        }

        return home;
    }

    private static async Task<string> InstallAsync(string source)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))))[..16];
        var home = Path.Combine(Path.GetTempPath(), $"sessions-node-{hash}");
        var done = Path.Combine(home, ".installed");
        if (!File.Exists(done))
        {
            Directory.CreateDirectory(home);
            foreach (var file in new[] { "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(source, file), Path.Combine(home, file), overwrite: true);
            }

            await Programs.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], home, []);
            await File.WriteAllTextAsync(done, "");
        }

        return home;
    }

    /// <summary>Installs Debian's package if Node.js is missing and the user is root.</summary>
    private static async Task EnsureNodeAsync()
    {
        if (!IsThere("node") || !IsThere("npm"))
        {
            await DebianPackages.InstallAsync("nodejs", "npm");
        }
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
