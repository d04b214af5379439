using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>Puts what routing refuses into the contract's envelope (session-api §9.5).</summary>
internal static class UnknownRoutes
{
    public static void UseUnknownRoutes(this IApplicationBuilder app) => app.UseStatusCodePages(context =>
    {
        var http = context.HttpContext;
        return http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ErrorAnswer.WriteAsync(http, StatusCodes.Status404NotFound, (int)ErrorCode.NotFound, "Not Found"),
            StatusCodes.Status405MethodNotAllowed => ErrorAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, (int)ErrorCode.Unimplemented, "Method Not Allowed"),
            var status => ErrorAnswer.WriteAsync(http, status, (int)ErrorCode.InvalidArgument, "Bad Request"),
        };
    });
}
