using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Harness;

using Path = System.IO.Path;

/// <summary>Debian's Apache in a folder of its own, with one authentication module before <c>/protected/page</c>.</summary>
public sealed class ApacheProcess(string module, string package) : IAsyncDisposable
{
    private const string Program = "/usr/sbin/apache2";

    private readonly string _folder = Directory.CreateTempSubdirectory("sessions-apache-").FullName;
    private Process? _process;

    public string Address { get; } = $"http://localhost:{Ports.Next()}";

    /// <summary>The protected page.</summary>
    public Uri Page => new($"{Address}/protected/page");

    /// <summary>The path of a file in Apache's folder.</summary>
    public string InFolder(string name) => Path.Combine(_folder, name);

    /// <summary>Writes the files and starts Apache. Installs Debian's packages if they are missing.</summary>
    /// <param name="configuration">The configuration of the module, which is already loaded.</param>
    /// <param name="files">More files, by their names in the folder.</param>
    public async Task StartAsync(string configuration, params (string Name, string Text)[] files)
    {
        if (!File.Exists(Program) || !File.Exists($"/usr/lib/apache2/modules/mod_{module}.so"))
        {
            await DebianPackages.InstallAsync("apache2-bin", package);
        }

        Directory.CreateDirectory(InFolder("www/protected"));
        foreach (
            var (name, text) in files.Append(("www/protected/page", "secret page")).Append(("apache.conf", Configuration(configuration)))
        )
        {
            await File.WriteAllTextAsync(InFolder(name), text);
        }

        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            // Apache's workers run as another user.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        _process = Process.Start(
            new ProcessStartInfo(Program, ["-f", InFolder("apache.conf"), "-DFOREGROUND"]) { RedirectStandardError = true }
        )!;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address));
                return;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromMinutes(1) && !_process.HasExited)
            {
                // It does not listen yet.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Configuration(string ofModule) =>
        $"""
            ServerRoot /usr/lib/apache2
            ServerName localhost
            Listen {new Uri(Address).Port}
            PidFile {_folder}/apache.pid
            Mutex file:{_folder}
            ErrorLog {_folder}/error.log
            DocumentRoot {_folder}/www
            {(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}
            LoadModule mpm_event_module modules/mod_mpm_event.so
            LoadModule authn_core_module modules/mod_authn_core.so
            LoadModule authz_core_module modules/mod_authz_core.so
            LoadModule authz_user_module modules/mod_authz_user.so
            LoadModule {module}_module modules/mod_{module}.so
            {ofModule}
            """;
}
