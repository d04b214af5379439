using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>What happens around every request of the protocol: the keys are there, the issuer is right, and faults of the service are answered as OAuth errors.</summary>
internal sealed partial class OidcRequests(KeyRing keys, PublicOrigin origin, ILogger<OidcRequests> log)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Whether a path belongs to the protocol.</summary>
    public static bool IsOne(PathString path) =>
        path.StartsWithSegments("/oauth", StringComparison.Ordinal) || path.StartsWithSegments("/oidc", StringComparison.Ordinal)
        || path.StartsWithSegments("/.well-known", StringComparison.Ordinal);

    /// <summary>Whether browsers are sent to a path of the protocol, which scripts have no business with (RFC 9700 §2.6).</summary>
    public static bool IsVisited(PathString path) =>
        path.StartsWithSegments($"/{OidcPaths.Authorize}", StringComparison.Ordinal) || path.StartsWithSegments($"/{OidcPaths.Device}", StringComparison.Ordinal)
        || path.StartsWithSegments($"/{OidcPaths.EndSession}", StringComparison.Ordinal);

    /// <summary>Whether a path of the protocol only tells something.</summary>
    public static bool IsReading(PathString path) =>
        path.StartsWithSegments("/.well-known", StringComparison.Ordinal) || path == $"/{OidcPaths.Keys}" || path == $"/{OidcPaths.UserInfo}";

    public async Task PrepareAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await keys.EnsureAsync(http.RequestAborted);
            origin.ApplyTo(http.Request);
            if (http.Request.Path == $"/{OidcPaths.Keys}")
            {
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=300";
                    http.Response.Headers.Remove("Pragma");
                    http.Response.Headers.Remove("Expires");
                    return Task.CompletedTask;
                });
            }

            if (http.Request.Path == $"/{OidcPaths.UserInfo}" && HttpMethods.IsPost(http.Request.Method) && IsWithoutBody(http))
            {
                // The token is in the header; OpenIddict wants a form, so it gets an empty one.
                http.Request.ContentType = Form;
            }

            await next(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await FailAsync(http, exception);
        }
    }

    /// <summary>Answers what went wrong while a request was served.</summary>
    public async Task FailAsync(HttpContext http, Exception exception)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
            return;
        }

        // The latter two: a body that is no form, or too large.
        var isBad = exception is InvalidRequestException or BadHttpRequestException or InvalidDataException;
        var isAway = exception is SessionException { Error.Code: ErrorCode.Unavailable } || GrainCalls.IsNodeAway(exception);
        if (!isAway && !isBad)
        {
            Failed(log, http.Request.Path, exception);
        }

        http.Response.Clear();
        http.Response.StatusCode = isBad ? StatusCodes.Status400BadRequest : isAway ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["error"] = isBad ? OAuthError.InvalidRequest : isAway ? "temporarily_unavailable" : "server_error" }, http.RequestAborted);
    }

    private static bool IsWithoutBody(HttpContext http) =>
        string.IsNullOrEmpty(http.Request.ContentType) && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private static partial void Failed(ILogger log, string path, Exception exception);
}
