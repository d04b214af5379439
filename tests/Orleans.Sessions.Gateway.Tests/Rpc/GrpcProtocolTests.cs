using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client.Web;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Rpc;

/// <summary>gRPC and gRPC-Web: all methods exist, deadlines and limits hold, reflection and health answer any caller.</summary>
public sealed class GrpcProtocolTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private bool _isReady = true;
    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    private static CallMetadata Caller => new() { { "authorization", $"Bearer {GatewayServer.Token}" } };

    public async ValueTask InitializeAsync() =>
        _server = await GatewayServer.StartAsync(
            id => id == "gate" ? _gate.PassAsync(id) : Task.CompletedTask,
            builder =>
                builder
                    .Services.AddHealthChecks()
                    .AddCheck("test", () => _isReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), ["ready"])
        );

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await Server.DisposeAsync();
    }

    [Theory, InlineData(null), InlineData(GrpcWebMode.GrpcWeb), InlineData(GrpcWebMode.GrpcWebText)]
    public async Task A_call_is_answered_with_its_request_id_in_the_trailers(GrpcWebMode? mode)
    {
        var headers = Caller;
        headers.Add("x-request-id", "mine-7");
        using var call = new SessionService.SessionServiceClient(Server.Channel(mode)).GetSessionAsync(
            new GetSessionRequest { SessionId = "a" },
            headers
        );

        Assert.Equal("a", (await call).Session.Id);
        Assert.Equal("mine-7", call.GetTrailers().GetValue("x-request-id"));
        Assert.Null((await call.ResponseHeadersAsync).GetValue("x-request-id"));
    }

    [Fact]
    public async Task Every_method_of_the_contract_is_served()
    {
        var invoker = Server.Channel().CreateCallInvoker();
        foreach (var method in Server.App.Services.GetRequiredService<IReadOnlyList<UnaryMethod>>())
        {
            // Without a caller every method gives the same answer, unless it needs none; a missing method answers UNIMPLEMENTED.
            var call = () => CallAsync(invoker, method.Descriptor.Service.FullName, method.Descriptor.Name, []);
            if (method.IsOpen)
            {
                await call();
                continue;
            }

            var exception = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal((method.Path, StatusCode.Unauthenticated), (method.Path, exception.StatusCode));
        }
    }

    [Theory, InlineData(null), InlineData(GrpcWebMode.GrpcWeb)]
    public async Task Unknown_methods_are_not_implemented(GrpcWebMode? mode)
    {
        var invoker = Server.Channel(mode).CreateCallInvoker();
        foreach (
            var (service, method) in new[]
            {
                ("zitadel.session.v2.SessionService", "Nothing"),
                ("zitadel.nothing.v2.NothingService", "GetSession"),
            }
        )
        {
            var exception = await Assert.ThrowsAsync<RpcException>(() => CallAsync(invoker, service, method, []));
            Assert.Equal((StatusCode.Unimplemented, "Method is unimplemented."), (exception.StatusCode, exception.Status.Detail));
        }
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_the_callers_fault()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() =>
            CallAsync(Server.Channel().CreateCallInvoker(), "zitadel.session.v2.SessionService", "GetSession", [0x0a, 0x7f])
        );
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
    }

    [Theory, InlineData(null), InlineData("gzip")]
    public async Task Large_messages_are_refused(string? compression)
    {
        var headers = Caller;
        if (compression is not null)
        {
            headers.Add("grpc-internal-encoding-request", compression);
        }

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await new SessionService.SessionServiceClient(Server.Channel()).GetSessionAsync(
                new GetSessionRequest { SessionId = new string('x', 2_000_000) },
                headers
            )
        );
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    [Theory, InlineData("gzip"), InlineData("deflate")]
    public async Task Compressed_messages_are_read(string encoding)
    {
        var message = Compress(encoding, new GetSessionRequest { SessionId = "a" }.ToByteArray());
        using var response = await PostAsync([1, 0, 0, 0, (byte)message.Length, .. message], ("grpc-encoding", encoding));
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("0", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
        Assert.Equal("a", GetSessionResponse.Parser.ParseFrom(body.AsSpan(5)).Session.Id);
    }

    [Theory]
    [InlineData("", null, null, "3")]
    [InlineData("00 00 00", null, null, "3")]
    [InlineData("00 00 00 00 02 0a", null, null, "3")]
    [InlineData("00 00 00 00 00 00 00 00 00 00", null, null, "3")]
    [InlineData("01 00 00 00 00", null, null, "3")]
    [InlineData("01 00 00 00 03 00 01 02", "grpc-encoding", "gzip", "3")]
    [InlineData("02 00 00 00 00", null, null, "3")]
    [InlineData("00 00 00 00 00", "grpc-encoding", "snappy", "12")]
    [InlineData("00 00 00 00 00", "grpc-timeout", "1", "3")]
    [InlineData("00 00 00 00 00", "grpc-timeout", "123456789S", "3")]
    [InlineData("00 00 00 00 00", "grpc-timeout", "1x", "3")]
    public async Task Requests_that_break_the_protocol_are_refused(string body, string? header, string? value, string status)
    {
        using var response = await PostAsync(
            Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal)),
            (header ?? "x-none", value ?? "")
        );
        Assert.Equal(status, Assert.Single(response.Headers.GetValues("grpc-status")));
        Assert.NotEmpty(response.Headers.GetValues("grpc-message"));
        Assert.Contains("gzip", Assert.Single(response.Headers.GetValues("grpc-accept-encoding")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.0", "POST", "application/grpc+json", 415)]
    [InlineData("2.0", "POST", "application/grpcx", 415)]
    [InlineData("1.1", "POST", "application/grpc", 415)]
    [InlineData("2.0", "GET", null, 405)]
    public async Task What_is_not_the_protocol_is_refused(string version, string method, string? contentType, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Surfaces.GetPath)
        {
            Version = new Version(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (contentType is not null)
        {
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "Content-Type", contentType } } };
        }

        using var response = await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory, InlineData("1H"), InlineData("99999999H"), InlineData("5M"), InlineData("60S"), InlineData("60000m"), InlineData("60000000u")]
    public async Task Deadlines_of_every_unit_are_understood(string timeout)
    {
        var message = new GetSessionRequest { SessionId = "a" }.ToByteArray();
        using var response = await PostAsync([0, 0, 0, 0, (byte)message.Length, .. message], ("grpc-timeout", timeout));
        Assert.Equal("0", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
    }

    [Theory, InlineData("2.0", "application/grpc"), InlineData("1.1", "application/grpc-web")]
    public async Task The_server_keeps_the_deadline(string version, string contentType)
    {
        // The request is written by hand, because client libraries themselves give up at the deadline.
        var message = new GetSessionRequest { SessionId = "gate" }.ToByteArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, Surfaces.GetPath)
        {
            Version = new Version(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "grpc-timeout", "200m" }, { "TE", "trailers" } },
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)message.Length, .. message])
            {
                Headers = { { "Content-Type", contentType } },
            },
        };
        using var response = await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var values)
            ? $"grpc-status: {values.Single()}"
            : $"{response}\n{body}";
        Assert.Contains("grpc-status: 4", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reflection_tells_anybody_all_services_and_their_files()
    {
        using var call = new ServerReflection.ServerReflectionClient(Server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        Assert.Superset(
            Server
                .App.Services.GetRequiredService<IReadOnlyList<UnaryMethod>>()
                .Select(method => method.Descriptor.Service.FullName)
                .ToHashSet(),
            services.ToHashSet()
        );

        foreach (var service in services.Concat(["google.rpc.BadRequest", "google.rpc.Status", "zitadel.v1.ErrorDetail"]))
        {
            await call.RequestStream.WriteAsync(
                new ServerReflectionRequest { FileContainingSymbol = service },
                TestContext.Current.CancellationToken
            );
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        }
    }

    [Theory, InlineData(""), InlineData("zitadel.session.v2.SessionService")]
    public async Task Health_is_readiness_and_answers_anybody(string service)
    {
        var health = new Health.HealthClient(Server.Channel());
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving,
            (await health.CheckAsync(new HealthCheckRequest { Service = service })).Status
        );
        _isReady = false;
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.NotServing,
            (await health.CheckAsync(new HealthCheckRequest { Service = service })).Status
        );
    }

    /// <summary>Posts a read of a session by hand, because client libraries cannot break the protocol.</summary>
    private async Task<HttpResponseMessage> PostAsync(byte[] body, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Surfaces.GetPath)
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { header.Name, header.Value } },
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/grpc" } } },
        };
        return await Server.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static byte[] Compress(string encoding, byte[] message)
    {
        using var compressed = new MemoryStream();
        using (
            Stream stream =
                encoding == "gzip"
                    ? new GZipStream(compressed, CompressionLevel.Fastest, true)
                    : new ZLibStream(compressed, CompressionLevel.Fastest, true)
        )
        {
            stream.Write(message);
        }

        return compressed.ToArray();
    }

    private static async Task CallAsync(CallInvoker invoker, string service, string method, byte[] request)
    {
        var bytes = Marshallers.Create(message => message, message => message);
        await invoker.AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, service, method, bytes, bytes),
            null,
            new CallOptions(),
            request
        );
    }
}
