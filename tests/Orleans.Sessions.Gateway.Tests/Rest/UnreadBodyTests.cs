using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Gateway.Tests.Rest;

/// <summary>
/// A body that no method reads is told like a field that no message has, whether or not its length is known before its end. Clients that
/// send an empty object or <c>null</c> with every request mean no body.
/// </summary>
public sealed class UnreadBodyTests : IAsyncLifetime
{
    private const string Header = "Sessions-Ignored-Fields";
    private const string Settings = "/v2/settings/branding";

    /// <summary>There is a shortcut for this request.</summary>
    private const string Session = "/v2/sessions/1";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await GatewayServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData("", false)]
    [InlineData("{}", false)]
    [InlineData("{ }\n", false)]
    [InlineData("null", false)]
    [InlineData("[]", true)]
    [InlineData("""{"ctx":{"instance":true}}""", true)]
    public async Task It_is_told_unless_it_says_nothing(string body, bool isTold)
    {
        foreach (var (path, isChunked) in new[] { (Settings, false), (Settings, true), (Session, false), (Session, true) })
        {
            using var answer = await SendAsync(HttpMethod.Get, path, body, isChunked);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(isTold ? "body" : null, Ignored(answer));
        }
    }

    [Fact]
    public async Task A_long_one_is_told_before_its_end()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.Address.Host, Server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var request = $"""
            GET {Settings} HTTP/1.1
            Host: {Server.Address.Authority}
            Authorization: Bearer {GatewayServer.Token}
            Content-Type: application/json
            Transfer-Encoding: chunked

            50
            {new string(' ', 0x50)}

            """;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n")), TestContext.Current.CancellationToken);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_soon);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(patience.Token) is { Length: > 0 } line)
        {
            head.AppendLine(line);
        }

        Assert.StartsWith("HTTP/1.1 200 ", head.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{Header}: body", head.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"force":true}""", true)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public async Task Our_own_methods_refuse_it_by_name(string body, bool isRefused)
    {
        foreach (var isChunked in new[] { false, true })
        {
            using var answer = await SendAsync(HttpMethod.Get, "/v2/oidc/clients/1", body, isChunked);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(isRefused, text.Contains("proto: unknown field body", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData(" null\n")]
    public async Task A_deletion_that_may_have_a_body_takes_null_as_none(string body)
    {
        foreach (var isChunked in new[] { false, true })
        {
            using var answer = await SendAsync(HttpMethod.Delete, "/v2/sessions/1", body, isChunked);
            Assert.Equal((HttpStatusCode.OK, null), (answer.StatusCode, Ignored(answer)));
        }
    }

    [Fact]
    public async Task Elsewhere_a_message_is_an_object()
    {
        using var answer = await SendAsync(HttpMethod.Patch, "/v2/sessions/1", "null", isChunked: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string? Ignored(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(Header, out var values) ? string.Join(", ", values) : null;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body, bool isChunked)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;
        return await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
