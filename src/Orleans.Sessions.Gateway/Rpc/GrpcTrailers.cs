using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>What comes after an answer's message, or instead of one.</summary>
internal static class GrpcTrailers
{
    /// <summary>The trailers, with the request id. Clients join headers and trailers, so it goes into one of them only.</summary>
    public static IHeaderDictionary Begin(HttpResponse response)
    {
        var trailers = response.HttpContext.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        response.Headers.Remove(ResponseHeaders.RequestId, out var requestId);
        trailers[ResponseHeaders.RequestId] = requestId;
        return trailers;
    }
}
