using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Protocol;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>
/// One method of the contract, which every surface can call. The surface reads the request and writes the answer; everything between is the
/// same.
/// </summary>
internal abstract class UnaryMethod(MethodDescriptor descriptor)
{
    /// <summary>The method in the contract. Its options name the REST routes.</summary>
    public MethodDescriptor Descriptor { get; } = descriptor;

    /// <summary>The path for gRPC, gRPC-Web and Connect: <c>/package.Service/Method</c>.</summary>
    public string Path { get; } = $"/{descriptor.Service.FullName}/{descriptor.Name}";

    /// <summary>The HTTP status of a successful REST call, as the contract declares it.</summary>
    public int SuccessStatus { get; } =
        descriptor.GetOptions()?.GetExtension(OptionsExtensions.SuccessStatus) is > 0 and var status ? status : StatusCodes.Status200OK;

    /// <summary>Whether callers without a token may call the method. Its answer depends on nothing.</summary>
    public bool IsOpen { get; } = descriptor.GetOptions()?.GetExtension(OptionsExtensions.OpenToAll) == true;

    /// <summary>Whether the method only reads, judged by its name.</summary>
    public bool IsReading { get; } =
        descriptor.GetOptions()?.GetExtension(OptionsExtensions.OpenToAll) == true
        || new[] { "Get", "List", "Search" }.Any(verb => descriptor.Name.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>The total of the list that the method answers; <c>null</c> if it answers none.</summary>
    public ListTotal? Total { get; } = ListTotal.Of(descriptor.OutputType);

    /// <summary>Runs the method of the service.</summary>
    public abstract Task<IMessage> InvokeAsync(IMessage request, CallContext context);

    /// <summary>All methods of a service, in the order of the contract.</summary>
    public static IReadOnlyList<UnaryMethod> Of(ServiceDescriptor service, Action<ServiceBinderBase> bind)
    {
        var collector = new Collector(service);
        bind(collector);
        return collector.Methods;
    }

    /// <summary>Takes the typed handlers from the generated binding code, so that calls need no reflection.</summary>
    private sealed class Collector(ServiceDescriptor service) : ServiceBinderBase
    {
        public List<UnaryMethod> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            UnaryServerMethod<TRequest, TResponse>? handler
        ) => Methods.Add(new Typed<TRequest, TResponse>(service.FindMethodByName(method.Name), handler!));
    }

    private sealed class Typed<TRequest, TResponse>(MethodDescriptor descriptor, UnaryServerMethod<TRequest, TResponse> handler)
        : UnaryMethod(descriptor)
        where TRequest : class
        where TResponse : class
    {
        public override async Task<IMessage> InvokeAsync(IMessage request, CallContext context) =>
            (IMessage)await handler((TRequest)request, context);
    }
}
