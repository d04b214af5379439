using System.Collections.Frozen;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Remote calls: <c>POST /package.Service/Method</c>, in the protocol that the content type names. One look-up finds the method, before
/// routing. No library is involved: ASP.NET Core's gRPC library needed more time for a call than the reading of a session itself.
/// </summary>
internal sealed class RpcCalls(IReadOnlyList<UnaryMethod> contract, CallPipeline pipeline, TimeProvider clock)
{
    private readonly FrozenDictionary<string, UnaryMethod> _methods = contract.ToFrozenDictionary(
        method => method.Path,
        StringComparer.Ordinal
    );

    /// <summary>Answers a request for a method of the contract and leaves all others to <paramref name="next"/>.</summary>
    public Task AnswerAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Path.Value is { } path && _methods.TryGetValue(path, out var method) ? AnswerAsync(http, method) : next(http);

    private static RpcProtocol? ProtocolOf(HttpRequest request) => (RpcProtocol?)GrpcProtocol.Of(request) ?? ConnectProtocol.Of(request);

    private async Task AnswerAsync(HttpContext http, UnaryMethod method)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await ConnectError.WriteAsync(http, StatusCodes.Status405MethodNotAllowed);
            return;
        }

        if (ProtocolOf(http.Request) is not { } protocol)
        {
            await ConnectError.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        try
        {
            if (protocol.Timeout(http.Request) is { } timeout)
            {
                await AnswerInTimeAsync(http, method, protocol, timeout);
            }
            else
            {
                await WriteAsync(http, method, protocol, await RunAsync(http, method, protocol, null, http.RequestAborted));
            }
        }
        catch (Exception exception) when (CallFailure.Of(exception) is { } failure)
        {
            await protocol.WriteAsync(http, failure);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }

    /// <summary>
    /// A change that has begun continues when the deadline passes. The client gets its answer at once. The request stays open until the
    /// call has ended, because the call may still read it.
    /// </summary>
    private async Task AnswerInTimeAsync(HttpContext http, UnaryMethod method, RpcProtocol protocol, TimeSpan timeout)
    {
        using var over = new CancellationTokenSource(timeout, clock);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(over.Token, http.RequestAborted);
        var call = RunAsync(http, method, protocol, clock.GetUtcNow().UtcDateTime + timeout, canceled.Token);
        try
        {
            await WriteAsync(http, method, protocol, await call.WaitAsync(over.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !http.Response.HasStarted)
        {
            await protocol.WriteAsync(http, CallFailure.DeadlineExceeded);
            await http.Response.CompleteAsync();
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task WriteAsync(HttpContext http, UnaryMethod method, RpcProtocol protocol, IMessage answer)
    {
        method.Total?.Complete(answer, http);
        return protocol.WriteAsync(http, answer);
    }

    private async Task<IMessage> RunAsync(
        HttpContext http,
        UnaryMethod method,
        RpcProtocol protocol,
        DateTime? deadline,
        CancellationToken cancellationToken
    )
    {
        var request = await protocol.ReadAsync(http.Request, method.Descriptor.InputType, cancellationToken);
        return await pipeline.RunAsync(
            method,
            request,
            new CallContext(http, method.Descriptor.FullName, deadline, cancellationToken),
            http
        );
    }
}
