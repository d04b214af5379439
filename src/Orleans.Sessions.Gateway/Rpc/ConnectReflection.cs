using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;
using V1 = Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Server reflection over Connect's streams, which tools such as <c>buf curl</c> use by default. It is the only streaming method here,
/// needs no authentication, and supports only protobuf.
/// </summary>
internal static class ConnectReflection
{
    private const string ContentType = "application/connect+proto";

    public static void MapConnectReflection(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.ServiceProvider.GetRequiredService<ReflectionV1ServiceImpl>();
        var v1Alpha = routes.ServiceProvider.GetRequiredService<ReflectionServiceImpl>();
        Map<V1.ServerReflectionRequest, V1.ServerReflectionResponse>(
            routes,
            V1.ServerReflection.Descriptor.FullName,
            V1.ServerReflectionRequest.Parser,
            v1.ServerReflectionInfo
        );
        Map<V1Alpha.ServerReflectionRequest, V1Alpha.ServerReflectionResponse>(
            routes,
            V1Alpha.ServerReflection.Descriptor.FullName,
            V1Alpha.ServerReflectionRequest.Parser,
            v1Alpha.ServerReflectionInfo
        );
    }

    private static void Map<TRequest, TResponse>(
        IEndpointRouteBuilder routes,
        string service,
        MessageParser<TRequest> parser,
        DuplexStreamingServerMethod<TRequest, TResponse> method
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var name = $"/{service}/ServerReflectionInfo";
        routes.MapPost(name, (RequestDelegate)(http => ServeAsync(http, name, parser, method))).WithMetadata(ConnectMetadata.Instance);
    }

    private static async Task ServeAsync<TRequest, TResponse>(
        HttpContext http,
        string name,
        MessageParser<TRequest> parser,
        DuplexStreamingServerMethod<TRequest, TResponse> method
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (http.Request.ContentType != ContentType)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        http.Response.ContentType = ContentType;
        var answers = new ConnectStreamWriter<TResponse>(http.Response.BodyWriter);
        try
        {
            await http.Response.StartAsync(http.RequestAborted);
            await method(
                new ConnectStreamReader<TRequest>(http.Request.BodyReader, parser, RequestBody.MaxBytes),
                answers,
                new CallContext(http, name)
            );
            await answers.EndAsync("{}"u8.ToArray());
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidProtocolBufferException)
        {
            await answers.EndAsync("""{"error":{"code":"invalid_argument","message":"the stream cannot be read"}}"""u8.ToArray());
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
    }
}
