using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>The failed call as one surface reports it. Surfaces without HTTP semantics have no status and no headers.</summary>
public sealed record Outcome(string Surface, Seen Seen, int? Status, string? RetryAfter, string Everything);

/// <summary>Makes the same call on every surface.</summary>
public static class Surfaces
{
    public const string GetPath = "/zitadel.session.v2.SessionService/GetSession";

    /// <summary>Reads a session on every surface. Each call must fail.</summary>
    public static async Task<IReadOnlyList<Outcome>> FailEverywhereAsync(this GatewayServer server, string sessionId, string? token = null)
    {
        var request = new GetSessionRequest { SessionId = sessionId };
        var headers = new CallMetadata { { "authorization", $"Bearer {token ?? GatewayServer.Token}" } };
        var http = server.Http(token: token);
        return
        [
            await RestAsync(http, HttpMethod.Get, "REST, short cut", sessionId),
            await RestAsync(http, HttpMethod.Delete, "REST", sessionId),
            await ConnectAsync(http, "Connect, JSON", "application/json", Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request))),
            await ConnectAsync(http, "Connect, protobuf", "application/proto", request.ToByteArray()),
            await GrpcAsync(server.Channel(), "gRPC", request, headers),
            await GrpcAsync(server.Channel(GrpcWebMode.GrpcWeb), "gRPC-Web", request, headers),
            await GrpcAsync(server.Channel(GrpcWebMode.GrpcWebText), "gRPC-Web, text", request, headers),
        ];
    }

    private static async Task<Outcome> RestAsync(HttpClient http, HttpMethod method, string surface, string sessionId)
    {
        using var request = new HttpRequestMessage(method, $"/v2/sessions/{sessionId}");
        return await HttpAsync(http, surface, request, Seen.InRest);
    }

    private static async Task<Outcome> ConnectAsync(HttpClient http, string surface, string contentType, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, GetPath) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return await HttpAsync(http, surface, request, Seen.InConnect);
    }

    private static async Task<Outcome> HttpAsync(HttpClient http, string surface, HttpRequestMessage request, Func<JsonNode, Seen> see)
    {
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.NotEmpty(response.Headers.GetValues("x-request-id"));
        return new Outcome(
            surface,
            see(JsonNode.Parse(body)!),
            (int)response.StatusCode,
            response.Headers.RetryAfter?.ToString(),
            $"{response}{body}"
        );
    }

    private static async Task<Outcome> GrpcAsync(GrpcChannel channel, string surface, GetSessionRequest request, CallMetadata headers)
    {
        var client = new SessionService.SessionServiceClient(channel);
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.GetSessionAsync(request, headers));
        Assert.NotNull(exception.Trailers.GetValue("x-request-id"));
        return new Outcome(
            surface,
            Seen.InGrpc(exception),
            null,
            exception.Trailers.GetValue("retry-after"),
            string.Join('\n', exception.Trailers.Select(entry => $"{entry}"))
        );
    }
}
