using Google.Protobuf;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>The surface for gRPC and, through ASP.NET Core's translation, gRPC-Web: runs calls and puts failures into trailers.</summary>
internal sealed class GrpcCalls(CallPipeline pipeline)
{
    /// <summary>Runs a call. Fails with <see cref="RpcException"/>.</summary>
    public async Task<IMessage> RunAsync(UnaryMethod method, IMessage request, ServerCallContext call)
    {
        var http = call.GetHttpContext();

        // Clients join headers and trailers, so the request id goes into one of them only.
        http.Response.Headers.Remove(ResponseHeaders.RequestId, out var requestId);
        call.ResponseTrailers.Add(ResponseHeaders.RequestId, requestId.ToString());
        try
        {
            return await pipeline.RunAsync(
                method, request, new CallContext(http, method.Descriptor.FullName, call.Deadline, call.CancellationToken), http);
        }
        catch (Exception exception) when (CallFailure.Of(exception) is { } failure)
        {
            throw GrpcFailure.Of(failure);
        }
    }
}
