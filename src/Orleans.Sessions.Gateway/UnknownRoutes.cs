using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.FirstApi;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Rpc;

namespace Orleans.Sessions.Gateway;

/// <summary>Writes refusals of routing in the error format of the surface that was called (contract §9.4).</summary>
internal static class UnknownRoutes
{
    public static void UseUnknownRoutes(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context =>
        {
            var http = context.HttpContext;
            var status = http.Response.StatusCode;

            var refusal = status switch
            {
                StatusCodes.Status404NotFound => V1Calls.OfPath(http.Request.Method, http.Request.Path),
                StatusCodes.Status405MethodNotAllowed => V1Calls.OfVerb(http.Request.Method, http.Request.Path),
                _ => null,
            };
            if (refusal is not null)
            {
                return WriteAsync(http, CallFailure.Of(refusal));
            }

            // Clients of OAuth2 read errors of OAuth2, whatever content type they have sent (RFC 6749 §5.2).
            if (
                OidcRequests.IsOne(http.Request.Path)
                && status is (StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType)
            )
            {
                return http.Response.WriteAsJsonAsync(
                    new Dictionary<string, string>
                    {
                        ["error"] = OAuthError.InvalidRequest,
                        ["error_description"] = ReasonPhrases.GetReasonPhrase(status),
                    },
                    http.RequestAborted
                );
            }

            if (ConnectOrGrpc.IsGrpc(http.Request))
            {
                if (status == StatusCodes.Status404NotFound)
                {
                    GrpcFailure.WriteUnimplemented(http);
                }

                return Task.CompletedTask;
            }

            // Protected resources of OAuth2 say in WWW-Authenticate what is wrong (RFC 6750 §3).
            if (status == StatusCodes.Status401Unauthorized)
            {
                return Task.CompletedTask;
            }

            return IsCall(http.Request.Path)
                ? ConnectError.WriteAsync(http, status)
                : ErrorAnswer.WriteAsync(
                    http,
                    status switch
                    {
                        StatusCodes.Status404NotFound => new CallFailure(ErrorCode.NotFound, "Not Found") { Status = status },
                        StatusCodes.Status405MethodNotAllowed => new CallFailure(ErrorCode.Unimplemented, "Method Not Allowed")
                        {
                            Status = status,
                        },
                        _ => new CallFailure(ErrorCode.InvalidArgument, "Bad Request") { Status = status },
                    }
                );
        });

    private static Task WriteAsync(HttpContext http, CallFailure failure)
    {
        if (ConnectOrGrpc.IsGrpc(http.Request))
        {
            GrpcFailure.Write(http, failure);
            return Task.CompletedTask;
        }

        return IsCall(http.Request.Path) ? ConnectError.WriteAsync(http, failure) : ErrorAnswer.WriteAsync(http, failure);
    }

    /// <summary>Whether the path is <c>/package.Service/Method</c>. No path of REST has a dot in its first segment.</summary>
    private static bool IsCall(PathString path) =>
        path.Value is [_, .. var rest] && rest.Split('/') is [var service, _] && service.Contains('.', StringComparison.Ordinal);
}
