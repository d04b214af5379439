using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Tells gRPC every method of the contract, so that one that is added there is served with no more work.</summary>
internal sealed class GrpcMethods(IReadOnlyList<UnaryMethod> contract) : IServiceMethodProvider<GrpcCalls>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcCalls> context)
    {
        foreach (var method in contract)
        {
            var descriptor = method.Descriptor;
            context.AddUnaryMethod(
                new Method<IMessage, IMessage>(
                    MethodType.Unary, descriptor.Service.FullName, descriptor.Name, MarshallerOf(descriptor.InputType), MarshallerOf(descriptor.OutputType)),
                [],
                (calls, request, call) => calls.RunAsync(method, request, call));
        }
    }

    private static Marshaller<IMessage> MarshallerOf(MessageDescriptor type) => new(Write, context => Read(context, type));

    private static void Write(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    /// <summary>A message that cannot be read is the client's fault, which the library would call an internal one.</summary>
    private static IMessage Read(DeserializationContext context, MessageDescriptor type)
    {
        try
        {
            return type.Parser.ParseFrom(context.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"proto: invalid {type.Name}"));
        }
    }
}
