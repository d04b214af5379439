using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Orleans.Sessions.EndToEnd.Harness;

[assembly: AssemblyFixture(typeof(OidcProviderProcess))]

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A real OpenID Connect provider by another project (npm package <c>oidc-provider</c>) in a process of its own. Its packages are installed
/// once beside the tests, from the lock file. It starts when the first test needs it and ends with the assembly.
/// </summary>
public sealed class OidcProviderProcess : IAsyncDisposable
{
    public const string ClientId = "basic";
    public const string ClientSecret = "secret of basic: +/&=%";
    public const string PublicClientId = "public";

    private static readonly string s_folder = System.IO.Path.Combine(AppContext.BaseDirectory, "Harness", "OidcProvider");
    private static readonly HttpClient s_client = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly Lazy<Task<string>> _issuer;
    private Process? _process;

    public OidcProviderProcess() => _issuer = new(StartAsync);

    /// <summary>The issuer of the running provider.</summary>
    public Task<string> IssuerAsync() => _issuer.Value;

    /// <summary>Creates an account at the provider with these claims.</summary>
    public async Task<string> NewAccountAsync(object claims)
    {
        var subject = Provisioning.Unique("sub");
        var address = new Uri($"{await IssuerAsync()}/accounts/{subject}");
        using var response = await s_client.PutAsJsonAsync(address, claims, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return subject;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    private async Task<string> StartAsync()
    {
        await InstallAsync();
        var port = Ports.Next();
        _process = Start("node", "server.mjs", port.ToString(CultureInfo.InvariantCulture));
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "listening")
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                _ = _process.StandardError.ReadToEndAsync();
                return $"http://127.0.0.1:{port}";
            }
        }

        throw new InvalidOperationException($"The OpenID provider did not start: {await _process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Installs the packages. A file beside them names the lock file from which they were completely installed.</summary>
    private static async Task InstallAsync()
    {
        var note = System.IO.Path.Combine(s_folder, "installed");
        var wanted = Convert.ToHexString(
            SHA256.HashData(await File.ReadAllBytesAsync(System.IO.Path.Combine(s_folder, "package-lock.json")))
        );
        if (File.Exists(note) && await File.ReadAllTextAsync(note) == wanted)
        {
            return;
        }

        if (!Exists("npm") && Environment.UserName == "root")
        {
            await DebianPackages.InstallAsync("nodejs", "npm");
        }

        await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        await File.WriteAllTextAsync(note, wanted);
    }

    private static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{string.Join('\n', output)}");
        }
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = s_folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
