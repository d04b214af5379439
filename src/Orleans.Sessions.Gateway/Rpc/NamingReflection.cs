using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Server reflection (v1) with the names of JSON.</summary>
internal sealed class NamingReflection(IEnumerable<string> services, SymbolRegistry symbols) : ReflectionV1ServiceImpl(services, symbols)
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
