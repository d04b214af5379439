using System.Diagnostics;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

using Path = System.IO.Path;

/// <summary>Debian's Apache with mod_auth_mellon in front of one page.</summary>
public sealed class Mellon : IAsyncDisposable
{
    private const string Program = "/usr/sbin/apache2";
    private const string Module = "/usr/lib/apache2/modules/mod_auth_mellon.so";

    private readonly string _folder = Directory.CreateTempSubdirectory("sessions-mellon-").FullName;
    private readonly SpKey _key = new();
    private Process? _process;

    public string Address { get; } = $"http://localhost:{Ports.Next()}";

    /// <summary>The protected page.</summary>
    public Uri Page => new($"{Address}/protected/page");

    /// <summary>Where a browser logs out, and is sent to the open page afterwards.</summary>
    public Uri Logout => new($"{Address}/mellon/logout?ReturnTo={Uri.EscapeDataString($"{Address}/open")}");

    /// <summary>What it is registered with.</summary>
    public string Metadata => $"""
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{Address}/mellon/metadata"><SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{_key.CertificateBase64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{Address}/mellon/logout"/><NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat><AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{Address}/mellon/postResponse"/></SPSSODescriptor></EntityDescriptor>
        """;

    /// <summary>Starts it with the metadata of the identity provider. It sends its requests by the first binding that is in there.</summary>
    public async Task StartAsync(string identityProvider)
    {
        if (!File.Exists(Program) || !File.Exists(Module))
        {
            await Programs.InstallAsync("apache2-bin", "libapache2-mod-auth-mellon");
        }

        var page = Directory.CreateDirectory(Path.Combine(_folder, "www", "protected")).FullName;
        foreach (var (name, text) in new[]
        {
            (Path.Combine(page, "page"), "secret page"), (InFolder("www/open"), "open page"), (InFolder("idp.xml"), identityProvider), (InFolder("sp.xml"), Metadata),
            (InFolder("sp.key"), _key.KeyPem), (InFolder("sp.pem"), _key.CertificatePem), (InFolder("apache.conf"), Configuration()),
        })
        {
            await File.WriteAllTextAsync(name, text);
        }

        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            // Its workers are another user.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        _process = Process.Start(new ProcessStartInfo(Program, ["-f", InFolder("apache.conf"), "-DFOREGROUND"]) { RedirectStandardError = true })!;
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
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private string Configuration() => $"""
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
        LoadModule auth_mellon_module modules/mod_auth_mellon.so
        <Location />
          MellonEnable info
          MellonEndpointPath /mellon
          MellonSPPrivateKeyFile {_folder}/sp.key
          MellonSPCertFile {_folder}/sp.pem
          MellonSPMetadataFile {_folder}/sp.xml
          MellonIdPMetadataFile {_folder}/idp.xml
          MellonSignatureMethod rsa-sha256
          MellonUser NAME_ID
        </Location>
        <Location /protected>
          AuthType Mellon
          MellonEnable auth
          Require valid-user
        </Location>
        """;
}
