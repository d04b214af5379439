using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>
/// The headers every answer has: a request id, which is the client's own if it sent a sane one; the order to keep nothing; and what browsers must not do
/// with an answer: take it for another type, show it within another page, tell others its address, or, once they came by TLS, come back without it
/// (RFC 6797). Pages add a policy of their own.
/// </summary>
internal static class ResponseHeaders
{
    public const string RequestId = "x-request-id";
    private const int MaxRequestIdLength = 128;
    private const string NoFrames = "frame-ancestors 'none'";
    private const string TlsForAYear = "max-age=31536000";

    public static void UseResponseHeaders(this IApplicationBuilder app)
    {
        // Behind a proxy that ends TLS the request came without it, and the configured origin tells.
        var isTls = app.ApplicationServices.GetRequiredService<PublicOrigin>().IsTls;
        app.Use((http, next) =>
        {
            Apply(http, isTls);
            return next(http);
        });
    }

    /// <summary>Sets the headers again after what was to be answered is cleared.</summary>
    public static void Apply(HttpContext http) => Apply(http, http.RequestServices.GetRequiredService<PublicOrigin>().IsTls);

    private static void Apply(HttpContext http, bool isTls)
    {
        var headers = http.Response.Headers;
        headers[RequestId] = http.Request.Headers[RequestId] is [{ Length: > 0 and <= MaxRequestIdLength } given] && given.All(IsPlain)
            ? given
            : http.TraceIdentifier;
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
        headers.Expires = "0";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = NoFrames;
        headers["Referrer-Policy"] = "no-referrer";
        if (isTls || http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TlsForAYear;
        }
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
