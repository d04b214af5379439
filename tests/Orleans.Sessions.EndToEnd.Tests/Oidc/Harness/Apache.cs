using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

using Path = System.IO.Path;

/// <summary>Debian's Apache with mod_auth_openidc in front of one page, as a relying party that knows back-channel logout.</summary>
public sealed class Apache : IAsyncDisposable
{
    private const string Program = "/usr/sbin/apache2";
    private const string Module = "/usr/lib/apache2/modules/mod_auth_openidc.so";

    private readonly string _folder = Directory.CreateTempSubdirectory("sessions-apache-").FullName;
    private Process? _process;

    public string Address { get; } = $"http://localhost:{Ports.Next()}";

    /// <summary>The protected page.</summary>
    public Uri Page => new($"{Address}/protected/page");

    public string RedirectUri => $"{Address}/protected/callback";

    public string BackChannelLogoutUri => $"{RedirectUri}?logout=backchannel";

    /// <summary>Starts it for a client that is registered with these addresses.</summary>
    public async Task StartAsync(Uri issuer, RelyingParty client)
    {
        if (!File.Exists(Program) || !File.Exists(Module))
        {
            await Programs.InstallAsync("apache2-bin", "libapache2-mod-auth-openidc");
        }

        var page = Directory.CreateDirectory(Path.Combine(_folder, "www", "protected")).FullName;
        await File.WriteAllTextAsync(Path.Combine(page, "page"), "secret page");
        var configuration = Path.Combine(_folder, "apache.conf");
        await File.WriteAllTextAsync(configuration, Configuration(issuer, client));
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            // Its workers are another user.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        _process = Process.Start(new ProcessStartInfo(Program, ["-f", configuration, "-DFOREGROUND"]) { RedirectStandardError = true })!;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address));
                return;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(20) && !_process.HasExited)
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

    private string Configuration(Uri issuer, RelyingParty client) => $"""
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
        LoadModule auth_openidc_module modules/mod_auth_openidc.so
        OIDCProviderMetadataURL {issuer.GetLeftPart(UriPartial.Authority)}/.well-known/openid-configuration
        OIDCSSLValidateServer Off
        OIDCClientID {client.Id}
        OIDCClientSecret {client.Secret}
        OIDCRedirectURI {RedirectUri}
        OIDCCryptoPassphrase {Guid.NewGuid()}
        OIDCScope "openid profile email"
        OIDCPKCEMethod S256
        OIDCRemoteUserClaim sub
        <Location /protected>
          AuthType openid-connect
          Require valid-user
        </Location>
        """;
}
