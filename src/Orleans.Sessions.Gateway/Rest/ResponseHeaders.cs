using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>
/// The headers that every answer has. These are a request id, which is the client's own if it is valid, and the order to store nothing.
/// They also forbid browsers to guess another type, to show the answer within another page, and to tell others its URL; after a visit with
/// TLS browsers must not come back without it (RFC 6797). Pages add a policy of their own.
/// </summary>
internal static class ResponseHeaders
{
    private const int MaxRequestIdLength = 128;
    private const string NoFrames = "frame-ancestors 'none'";
    private const string TlsForAYear = "max-age=31536000";

    public static void UseResponseHeaders(this IApplicationBuilder app)
    {
        // Behind a proxy that terminates TLS the request itself comes without TLS, so the configured origin decides.
        var isTls = app.ApplicationServices.GetRequiredService<PublicOrigin>().IsTls;
        app.Use(
            (http, next) =>
            {
                Apply(http, isTls);
                return next(http);
            }
        );
    }

    /// <summary>Sets the headers again after a prepared answer was cleared.</summary>
    public static void Apply(HttpContext http) => Apply(http, http.RequestServices.GetRequiredService<PublicOrigin>().IsTls);

    private static void Apply(HttpContext http, bool isTls)
    {
        var headers = http.Response.Headers;
        headers[RequestIdHeader.Name] =
            http.Request.Headers[RequestIdHeader.Name] is [{ Length: > 0 and <= MaxRequestIdLength } given] && given.All(IsPlain)
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
