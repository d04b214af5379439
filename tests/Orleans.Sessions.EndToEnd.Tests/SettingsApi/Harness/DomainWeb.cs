using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Orleans.Sessions.EndToEnd.SettingsApi.Harness;

/// <summary>
/// The web servers of domains that nobody else knows, behind the forward proxy of an operator (<c>HTTPS_PROXY</c>). The proxy leads every
/// connection to this process, which has a certificate for the names below one domain.
/// </summary>
public sealed class DomainWeb : IAsyncDisposable
{
    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;

    public DomainWeb(string parent)
    {
        _certificate = NewCertificate(parent);
        _proxy.Start();
        Proxy = $"http://127.0.0.1:{((IPEndPoint)_proxy.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";
        _serving = ServeAsync();
    }

    /// <summary>The address of the proxy.</summary>
    public string Proxy { get; }

    /// <summary>The certificate that the operator trusts, PEM.</summary>
    public string Certificate => _certificate.ExportCertificatePem();

    /// <summary>The files by their addresses.</summary>
    public ConcurrentDictionary<string, string> Files { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _proxy.Stop();
        await _serving;
        _certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate(string parent)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={parent}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName($"*.{parent}");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _proxy.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        var stream = connection.GetStream();

        // CONNECT shop.example:443 HTTP/1.1
        var server = (await HeadAsync(stream)).Split(' ')[1].Split(':')[0];
        await SayAsync(stream, "HTTP/1.1 200 Connected\r\n\r\n");
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_certificate);
        var path = (await HeadAsync(tls)).Split(' ')[1];
        var (status, body) = Files.TryGetValue($"https://{server}{path}", out var file) ? ("200 OK", file) : ("404 Not Found", "");
        var length = Encoding.ASCII.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        await SayAsync(tls, $"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    }

    /// <summary>The head of a request, to its empty line.</summary>
    private static async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(next) == 1)
        {
            head.Append((char)next[0]);
        }

        return head.ToString();
    }

    private static Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();
}
