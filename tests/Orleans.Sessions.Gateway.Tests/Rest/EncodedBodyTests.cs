using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Gateway.Tests.Rest;

/// <summary>Bodies of REST may be compressed with gzip. A body that stops is refused as such.</summary>
public sealed class EncodedBodyTests : IAsyncLifetime
{
    private const string Session = "/v2/sessions/1";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await GatewayServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData("{}", 200, "")]
    [InlineData("null", 200, "")]
    [InlineData("""{"sessionToken":1}""", 400, "value must be a text")]
    [InlineData("not JSON", 400, "invalid JSON")]
    public async Task Gzip_is_read_like_a_plain_body(string body, int status, string reason)
    {
        foreach (var encoding in new[] { "gzip", "GZIP", "identity" })
        {
            var plain = Encoding.UTF8.GetBytes(body);
            using var answer = await SendAsync(encoding == "identity" ? plain : Gzip(plain), encoding);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains(reason, await TextOfAsync(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_limit_counts_what_gzip_becomes()
    {
        using var answer = await SendAsync(Gzip(new byte[2 * 1024 * 1024]), "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_not_gzip_is_refused()
    {
        using var answer = await SendAsync("{}"u8.ToArray(), "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("the request body is not gzip", await TextOfAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task Other_encodings_are_refused_and_the_answer_says_which_there_is(string encoding)
    {
        using var answer = await SendAsync("{}"u8.ToArray(), encoding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("gzip", answer.Headers.NonValidated["Accept-Encoding"].ToString());
        Assert.Contains("supported encodings are gzip", await TextOfAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_stops_before_its_end_is_answered_408()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Address.Host, Server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"DELETE {Session} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {GatewayServer.Token}\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            ),
            TestContext.Current.CancellationToken
        );
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_soon);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 408 ", await reader.ReadLineAsync(patience.Token), StringComparison.Ordinal);
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }

    private static Task<string> TextOfAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> SendAsync(byte[] body, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Session) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
