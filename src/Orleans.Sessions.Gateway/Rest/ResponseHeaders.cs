using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>The headers every answer has: a request id, which is the client's own if it sent a sane one, and the order to keep nothing.</summary>
internal static class ResponseHeaders
{
    public const string RequestId = "x-request-id";
    private const int MaxRequestIdLength = 128;

    public static void UseResponseHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers[RequestId] = http.Request.Headers[RequestId] is [{ Length: > 0 and <= MaxRequestIdLength } given] && given.All(IsPlain)
            ? given
            : http.TraceIdentifier;
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
        return next(http);
    });

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
