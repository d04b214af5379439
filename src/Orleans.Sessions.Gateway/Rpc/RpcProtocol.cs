using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>How a remote call is written in HTTP. Everything else is the same for all protocols (<see cref="RpcCalls"/>).</summary>
internal abstract class RpcProtocol
{
    /// <summary>
    /// How long the client waits; <c>null</c> if the request does not say. Fails with <see cref="InvalidRequestException"/>.
    /// </summary>
    public abstract TimeSpan? Timeout(HttpRequest request);

    /// <summary>The message that a request carries. Fails with <see cref="InvalidRequestException"/>.</summary>
    public abstract Task<IMessage> ReadAsync(HttpRequest request, MessageDescriptor type, CancellationToken cancellationToken);

    /// <summary>Answers with a message.</summary>
    public abstract Task WriteAsync(HttpContext http, IMessage answer);

    /// <summary>Answers with a failure.</summary>
    public abstract Task WriteAsync(HttpContext http, CallFailure failure);
}
