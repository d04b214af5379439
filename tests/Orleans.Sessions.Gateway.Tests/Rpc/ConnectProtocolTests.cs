using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Rpc;

/// <summary>Connect's unary protocol: content types, compression, version, timeout, and refusals before a method is found.</summary>
public sealed class ConnectProtocolTests : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string Proto = "application/proto";

    private readonly Gate _gate = new();
    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() =>
        _server = await GatewayServer.StartAsync(id => id == "gate" ? _gate.PassAsync(id) : Task.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await Server.DisposeAsync();
    }

    [Theory, InlineData("1.1"), InlineData("2.0")]
    public async Task Answers_are_written_like_their_requests(string version)
    {
        var http = Server.Http(new Version(version));

        using var json = await SendAsync(http, Json, """{"sessionId":"a"}"""u8.ToArray());
        Assert.Equal((HttpStatusCode.OK, Json), (json.StatusCode, json.Content.Headers.ContentType?.ToString()));
        Assert.Equal("a", (string?)(await JsonOfAsync(json))["session"]!["id"]);

        using var proto = await SendAsync(http, Proto, new GetSessionRequest { SessionId = "a" }.ToByteArray());
        Assert.Equal((HttpStatusCode.OK, Proto), (proto.StatusCode, proto.Content.Headers.ContentType?.ToString()));
        Assert.Equal("a", GetSessionResponse.Parser.ParseFrom(await BytesOfAsync(proto)).Session.Id);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task Content_types_may_have_parameters_and_capitals(string contentType)
    {
        using var response = await SendAsync(Server.Http(), contentType, """{"sessionId":"a"}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory, InlineData(Json), InlineData(Proto)]
    public async Task Requests_may_be_compressed(string contentType)
    {
        var request = new GetSessionRequest { SessionId = "a" };
        var body = Gzip(contentType == Json ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request)) : request.ToByteArray());
        using var response = await SendAsync(Server.Http(), contentType, body, content => content.Headers.ContentEncoding.Add("gzip"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Large_answers_are_compressed_for_those_who_take_it(string acceptEncoding, bool isCompressed)
    {
        var http = Server.Http();
        http.DefaultRequestHeaders.Add("Accept-Encoding", acceptEncoding);
        using var response = await SendAsync(http, Json, Encoding.UTF8.GetBytes($$"""{"sessionId":"{{StandInGrains.Large}}"}"""));

        Assert.Equal(isCompressed ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        var body = await BytesOfAsync(response);
        Assert.Equal(isCompressed, body.Length < 5_000);
        Assert.Equal(StandInGrains.Large, (string?)JsonNode.Parse(isCompressed ? Gunzip(body) : body)!["session"]!["id"]);
    }

    [Fact]
    public async Task Small_answers_are_left_as_they_are()
    {
        var http = Server.Http();
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        using var response = await SendAsync(http, Json, """{"sessionId":"a"}"""u8.ToArray());
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_large_one_is_refused()
    {
        var body = Gzip(Encoding.UTF8.GetBytes($$"""{"sessionId":"{{new string('x', 5_000_000)}}"}"""));
        using var response = await SendAsync(Server.Http(), Json, body, content => content.Headers.ContentEncoding.Add("gzip"));
        await ExpectAsync(response, 429, "resource_exhausted");
    }

    [Fact]
    public async Task A_large_body_is_refused()
    {
        using var http = Server.Http();
        // The server answers before it has read the body. A client that does not wait may lose the answer with the connection.
        http.DefaultRequestHeaders.ExpectContinue = true;
        var body = Encoding.UTF8.GetBytes($$"""{"sessionId":"{{new string('x', 2_000_000)}}"}""");
        using var response = await SendAsync(http, Json, body);
        await ExpectAsync(response, 429, "resource_exhausted");
    }

    [Fact]
    public async Task What_claims_to_be_gzip_and_is_not_is_refused()
    {
        using var response = await SendAsync(Server.Http(), Json, "{}"u8.ToArray(), content => content.Headers.ContentEncoding.Add("gzip"));
        await ExpectAsync(response, 400, "invalid_argument");
    }

    [Fact]
    public async Task Other_compressions_are_not_offered()
    {
        using var response = await SendAsync(Server.Http(), Json, "{}"u8.ToArray(), content => content.Headers.ContentEncoding.Add("br"));
        await ExpectAsync(response, 501, "unimplemented");
    }

    [Theory]
    [InlineData(Json, "{")]
    [InlineData(Json, "[]")]
    [InlineData(Json, """{"sessionId":7}""")]
    [InlineData(Proto, "\u000a\u007f")]
    public async Task What_cannot_be_read_is_refused(string contentType, string body)
    {
        using var response = await SendAsync(Server.Http(), contentType, Encoding.UTF8.GetBytes(body));
        await ExpectAsync(response, 400, "invalid_argument");
    }

    [Theory]
    [InlineData("1", 200)]
    [InlineData("2", 400)]
    [InlineData("", 400)]
    public async Task The_version_need_not_be_said_but_must_be_right(string version, int status)
    {
        var http = Server.Http();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Connect-Protocol-Version", version);
        using var response = await SendAsync(http, Json, """{"sessionId":"a"}"""u8.ToArray());
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_given_up()
    {
        var http = Server.Http();
        http.DefaultRequestHeaders.Add("Connect-Timeout-Ms", "100");
        using var response = await SendAsync(http, Json, """{"sessionId":"gate"}"""u8.ToArray());
        await ExpectAsync(response, 504, "deadline_exceeded");
    }

    [Fact]
    public async Task An_answer_in_time_is_given()
    {
        var http = Server.Http();
        http.DefaultRequestHeaders.Add("Connect-Timeout-Ms", "9999999999");
        using var response = await SendAsync(http, Json, """{"sessionId":"a"}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory, InlineData("-1"), InlineData("soon"), InlineData("12345678901")]
    public async Task Timeouts_that_are_none_are_refused(string timeout)
    {
        var http = Server.Http();
        http.DefaultRequestHeaders.Add("Connect-Timeout-Ms", timeout);
        using var response = await SendAsync(http, Json, """{"sessionId":"a"}"""u8.ToArray());
        await ExpectAsync(response, 400, "invalid_argument");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData("application/connect+proto")]
    [InlineData(null)]
    public async Task Other_content_types_are_refused(string? contentType)
    {
        using var response = await SendAsync(Server.Http(), contentType, "{}"u8.ToArray());
        await ExpectAsync(response, 415, "unknown");
        Assert.Contains(Json, response.Headers.GetValues("Accept-Post").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/grpc+json", "2.0")]
    [InlineData("application/grpc-web+json", "1.1")]
    public async Task JSON_in_gRPC_is_refused_and_the_answer_says_where_it_goes(string contentType, string version)
    {
        using var response = await SendAsync(Server.Http(new Version(version)), contentType, "{}"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains(
            "send JSON by Connect, as application/json",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory, InlineData("GET"), InlineData("PUT"), InlineData("DELETE")]
    public async Task Other_verbs_are_refused(string verb)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), Surfaces.GetPath);
        using var response = await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        await ExpectAsync(response, 405, "unimplemented");
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/zitadel.session.v2.SessionService/Nothing")]
    [InlineData("/zitadel.nothing.v2.NothingService/GetSession")]
    public async Task Unknown_methods_are_not_implemented(string path)
    {
        using var response = await SendAsync(Server.Http(), Json, "{}"u8.ToArray(), path: path);
        await ExpectAsync(response, 404, "unimplemented");
    }

    [Theory, InlineData("/v2/nothing"), InlineData("/nothing")]
    public async Task Unknown_paths_of_other_surfaces_are_answered_as_theirs(string path)
    {
        using var response = await Server.Http().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, 5), (response.StatusCode, (int)(await JsonOfAsync(response))["code"]!));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http,
        string? contentType,
        byte[] body,
        Action<HttpContent>? change = null,
        string path = Surfaces.GetPath
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        change?.Invoke(request.Content);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task ExpectAsync(HttpResponseMessage response, int status, string code)
    {
        var body = await JsonOfAsync(response);
        Assert.Equal((status, code), ((int)response.StatusCode, (string?)body["code"]));
        Assert.NotEmpty((string)body["message"]!);
    }

    private static async Task<JsonNode> JsonOfAsync(HttpResponseMessage response) => JsonNode.Parse(await BytesOfAsync(response))!;

    private static Task<byte[]> BytesOfAsync(HttpResponseMessage response) =>
        response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
