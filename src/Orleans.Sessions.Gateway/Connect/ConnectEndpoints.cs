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
        routes.MapPost(method.Path, (RequestDelegate)(http => HandleAsync(http, method))).WithMetadata(ConnectMetadata.Instance);

    private async Task HandleAsync(HttpContext http, UnaryMethod method)
    {
        if (ConnectCodec.Of(http.Request) is not { } codec)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            if (ConnectRequest.Timeout(http.Request) is { } timeout)
            {
                await HandleInTimeAsync(http, method, codec, timeout);
            }
            else
            {
                await ConnectResponse.WriteAsync(http, codec, await RunAsync(http, method, codec, null, http.RequestAborted));
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
    private async Task HandleInTimeAsync(HttpContext http, UnaryMethod method, ConnectCodec codec, TimeSpan timeout)
    {
        using var over = new CancellationTokenSource(timeout, clock);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(over.Token, http.RequestAborted);
        var call = RunAsync(http, method, codec, clock.GetUtcNow().UtcDateTime + timeout, canceled.Token);
        try
        {
            await ConnectResponse.WriteAsync(http, codec, await call.WaitAsync(over.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !http.Response.HasStarted)
        {
            await ConnectError.WriteAsync(http, CallFailure.DeadlineExceeded);
            await http.Response.CompleteAsync();
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IMessage> RunAsync(
        HttpContext http, UnaryMethod method, ConnectCodec codec, DateTime? deadline, CancellationToken cancellationToken)
    {
        ConnectRequest.CheckVersion(http.Request);
        var request = await ConnectRequest.ReadAsync(http.Request, codec, method.Descriptor.InputType, cancellationToken);
        return await pipeline.RunAsync(method, request, new CallContext(http, method.Descriptor.FullName, deadline, cancellationToken), http);
    }
}
