using Grpc.Core;
using Microsoft.AspNetCore.Http;
using CallMetadata = Grpc.Core.Metadata;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>One call, as a service method sees it, whichever surface it came through.</summary>
/// <param name="http">The request that carries the call.</param>
/// <param name="method">The full name of the method in the contract.</param>
/// <param name="deadline">When the client stops waiting, UTC. Default: no deadline.</param>
/// <param name="cancellationToken">Canceled when nobody waits for the answer any more. Default: when the request is aborted.</param>
internal sealed class CallContext(HttpContext http, string method, DateTime? deadline = null, CancellationToken? cancellationToken = null)
    : ServerCallContext
{
    private CallMetadata? _headers;
    private CallMetadata? _trailers;

    /// <summary>The caller.</summary>
    public Caller Caller { get; set; } = null!;

    /// <summary>The HTTP request that carries the call.</summary>
    public HttpRequest Request => http.Request;

    protected override string MethodCore => method;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => http.Connection.RemoteIpAddress?.ToString() ?? "";

    protected override DateTime DeadlineCore => deadline ?? DateTime.MaxValue;

    protected override CallMetadata RequestHeadersCore => _headers ??= ReadHeaders();

    protected override CancellationToken CancellationTokenCore => cancellationToken ?? http.RequestAborted;

    protected override CallMetadata ResponseTrailersCore => _trailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(CallMetadata responseHeaders) => Task.CompletedTask;

    private CallMetadata ReadHeaders()
    {
        var headers = new CallMetadata();
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase) && !name.StartsWith(':'))
            {
                headers.Add(name, values.ToString());
            }
        }

        return headers;
    }
}
