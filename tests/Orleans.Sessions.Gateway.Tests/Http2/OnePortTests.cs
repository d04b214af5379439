using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Http2;

/// <summary>Both versions of HTTP on every port, however the port is configured.</summary>
public sealed class OnePortTests
{
    private const string Path = "/v2/sessions/a";
    private const string Subject = "CN=localhost";
    private const string PrefaceAndSettings = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0";

    [Fact]
    public async Task A_cleartext_port_speaks_both_versions()
    {
        await using var server = await GatewayServer.StartAsync();
        await SpeaksAsync(server.Http(HttpVersion.Version11), server.Address);
        await SpeaksAsync(server.Http(HttpVersion.Version20), server.Address);
    }

    [Fact]
    public async Task Every_configured_port_speaks_both_versions()
    {
        await using var byUrls = await GatewayServer.StartAsync(configure: builder =>
            builder.WebHost.UseUrls("http://127.0.0.1:0", "http://[::1]:0")
        );
        await using var byEndpoints = await GatewayServer.StartAsync(configure: builder =>
        {
            builder.Configuration["Kestrel:Endpoints:A:Url"] = "http://127.0.0.1:0";
            builder.Configuration["Kestrel:Endpoints:B:Url"] = "http://127.0.0.1:0";
        });
        foreach (var (server, url) in new[] { byUrls, byEndpoints }.SelectMany(server => server.App.Urls.Select(url => (server, url))))
        {
            await SpeaksAsync(server.Http(HttpVersion.Version11), new Uri(url));
            await SpeaksAsync(server.Http(HttpVersion.Version20), new Uri(url));
        }

        Assert.Equal(4, byUrls.App.Urls.Count + byEndpoints.App.Urls.Count);
    }

    [Fact]
    public async Task A_port_that_is_configured_for_one_version_speaks_no_other()
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
        {
            builder.Configuration["Kestrel:Endpoints:A:Url"] = "http://127.0.0.1:0";
            builder.Configuration["Kestrel:Endpoints:A:Protocols"] = "Http1";
        });
        await SpeaksAsync(server.Http(HttpVersion.Version11), server.Address);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SpeaksAsync(server.Http(HttpVersion.Version20), server.Address));
    }

    [Fact]
    public async Task A_tls_port_chooses_by_alpn_and_lets_nothing_in_without_tls()
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate())))
        );
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            await SpeaksAsync(server.Http(version, handler: OurCertificate()), server.Address);
        }

        Assert.Equal(Uri.UriSchemeHttps, server.Address.Scheme);
        using var client = await ConnectAsync(server.Address);
        Assert.DoesNotContain((byte)4, await ExchangeAsync(client.GetStream(), Encoding.ASCII.GetBytes(PrefaceAndSettings)));
    }

    [Fact]
    public async Task A_preface_may_come_in_pieces()
    {
        await using var server = await GatewayServer.StartAsync();
        using var client = await ConnectAsync(server.Address);
        client.NoDelay = true;
        var stream = client.GetStream();
        foreach (var piece in Encoding.ASCII.GetBytes(PrefaceAndSettings).Chunk(5))
        {
            await stream.WriteAsync(piece, TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
            await Task.Yield();
        }

        // The length, then the type: these are the server's own SETTINGS.
        var head = new byte[9];
        await stream.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal(4, head[3]);
    }

    [Theory]
    [InlineData("PRI * HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("PUT")]
    [InlineData("P")]
    public async Task What_only_begins_like_a_preface_is_http_1(string request)
    {
        await using var server = await GatewayServer.StartAsync();
        using var client = await ConnectAsync(server.Address);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        var answer = Encoding.ASCII.GetString(await ExchangeAsync(stream, []));
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_stopping_server_finishes_what_it_has_begun()
    {
        var gate = new Gate();
        await using var server = await GatewayServer.StartAsync(gate.PassAsync);
        using var call = new SessionService.SessionServiceClient(server.Channel()).GetSessionAsync(
            new GetSessionRequest { SessionId = "a" },
            new CallMetadata { { "authorization", $"Bearer {GatewayServer.Token}" } }
        );
        await gate.Entered;

        var stopping = server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        gate.Open();
        Assert.Equal("a", (await call).Session.Id);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_connection_that_says_nothing_or_never_ends_its_headers_is_closed()
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Http:RequestHeadersTimeout"] = "00:00:01"
        );
        foreach (var said in new[] { "", "G", "P", "PRI * HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n" })
        {
            using var client = await ConnectAsync(server.Address);
            await ExchangeAsync(client.GetStream(), Encoding.ASCII.GetBytes(said))
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task There_are_no_more_connections_than_configured()
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Http:MaxConnections"] = "1"
        );
        using var first = server.Http();
        await SpeaksAsync(first, server.Address);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SpeaksAsync(server.Http(), server.Address));
        await SpeaksAsync(first, server.Address);
    }

    [Theory]
    [InlineData("MaxConnections", "-1")]
    [InlineData("KeepAliveTimeout", "00:00:00")]
    [InlineData("RequestHeadersTimeout", "02:00:00")]
    [InlineData("MinBytesPerSecond", "-1")]
    public async Task Limits_that_make_no_sense_stop_the_start(string key, string value)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() =>
            GatewayServer.StartAsync(configure: builder => builder.Configuration[$"Sessions:Http:{key}"] = value)
        );
        Assert.Contains($"Sessions:Http:{key}", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task SpeaksAsync(HttpClient http, Uri address)
    {
        using var response = await http.GetAsync(new Uri(address, Path), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, http.DefaultRequestVersion), (response.StatusCode, response.Version));
    }

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>All bytes that arrive until the server closes the connection.</summary>
    private static async Task<byte[]> ExchangeAsync(NetworkStream stream, byte[] request)
    {
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, TestContext.Current.CancellationToken);
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server closed the connection with a reset.
        }

        return answer.ToArray();
    }

    private static SocketsHttpHandler OurCertificate() =>
        new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == Subject,
            },
        };

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
