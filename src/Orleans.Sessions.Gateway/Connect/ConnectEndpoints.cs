using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Connect;

/// <summary>
/// The Connect surface: unary calls as plain HTTP requests, <c>POST /package.Service/Method</c>, JSON or protobuf. gRPC has the same paths; the content
/// type tells them apart.
/// </summary>
internal sealed class ConnectEndpoints(CallPipeline pipeline, TimeProvider clock)
{
    /// <summary>Maps a method.</summary>
    public void Map(IEndpointRouteBuilder routes, UnaryMethod method) =>
        routes.MapPost(method.Path, (RequestDelegate)(http => HandleAsync(http, method))).WithMetadata(ConnectCodec.Accepted);

    private async Task HandleAsync(HttpContext http, UnaryMethod method)
    {
        try
        {
            var timeout = ConnectRequest.Timeout(http.Request);
            if (timeout is null)
            {
                await ConnectResponse.WriteAsync(http, await RunAsync(http, method, null, http.RequestAborted));
            }
            else
            {
                await HandleInTimeAsync(http, method, timeout.Value);
            }
        }
        catch (Exception exception) when (CallFailure.Of(exception) is { } failure)
        {
            await ConnectError.WriteAsync(http, failure);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }

    /// <summary>
    /// A change that has begun is not torn when the time is over: the client is answered, and the request, which the call may still look at, is kept until
    /// the call has ended too.
    /// </summary>
    private async Task HandleInTimeAsync(HttpContext http, UnaryMethod method, TimeSpan timeout)
    {
        using var over = new CancellationTokenSource(timeout, clock);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(over.Token, http.RequestAborted);
        var call = RunAsync(http, method, clock.GetUtcNow().UtcDateTime + timeout, canceled.Token);
        try
        {
            await ConnectResponse.WriteAsync(http, await call.WaitAsync(over.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !http.Response.HasStarted)
        {
            await ConnectError.WriteAsync(http, CallFailure.DeadlineExceeded);
            await http.Response.CompleteAsync();
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IMessage> RunAsync(HttpContext http, UnaryMethod method, DateTime? deadline, CancellationToken cancellationToken)
    {
        ConnectRequest.CheckVersion(http.Request);
        var request = await ConnectRequest.ReadAsync(http.Request, method.Descriptor.InputType, cancellationToken);
        return await pipeline.RunAsync(method, request, new CallContext(http, method.Descriptor.FullName, deadline, cancellationToken), http);
    }
}
