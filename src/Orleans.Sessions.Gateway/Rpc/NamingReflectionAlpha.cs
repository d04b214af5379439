using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Server reflection (v1alpha) with the names of JSON.</summary>
internal sealed class NamingReflectionAlpha(IEnumerable<string> services, SymbolRegistry symbols) : ReflectionServiceImpl(services, symbols)
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context
    ) =>
        base.ServerReflectionInfo(
            requestStream,
            new NamingStreamWriter<ServerReflectionResponse>(responseStream, answer => answer.FileDescriptorResponse?.FileDescriptorProto),
            context
        );
}
