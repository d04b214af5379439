using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Connect and gRPC use the same paths, so the content type decides between them. ASP.NET Core's own choice by content type treats
/// <c>application/grpc+proto</c> as a kind of <c>application/proto</c>.
/// </summary>
internal sealed class ConnectOrGrpc : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<ConnectMetadata>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var isGrpc = IsGrpc(httpContext.Request);
        for (var i = 0; i < candidates.Count; i++)
        {
            var metadata = candidates[i].Endpoint.Metadata;
            if (isGrpc ? metadata.GetMetadata<ConnectMetadata>() is not null : metadata.GetMetadata<GrpcMethodMetadata>() is not null)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a request is gRPC or gRPC-Web.</summary>
    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
