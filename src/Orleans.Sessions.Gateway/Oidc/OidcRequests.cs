using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OpenIddict.Server.AspNetCore;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>What happens around every request of the protocol: the keys are there, the issuer is right, and faults of the service are answered as OAuth errors.</summary>
internal sealed partial class OidcRequests(KeyRing keys, PublicOrigin origin, RequestLimits limits, RefusedCalls calls, ILogger<OidcRequests> log)
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
            if (IsVisited(http.Request.Path))
            {
                limits.Visit(http);
            }

            EnsureFormIsReadable(http.Request);
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
            if (IsFailureOfStranger(http))
            {
                limits.Failed(http);
            }
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

        var (status, error, description) = exception switch
        {
            _ when UnreadableRequest.Of(exception) is { } unreadable => (unreadable.HttpStatus, OAuthError.InvalidRequest, unreadable.Message),
            SessionException { Error: { Code: ErrorCode.InvalidArgument } refused } => (StatusCodes.Status400BadRequest, OAuthError.InvalidRequest, refused.Message),
            SessionException { Error: { Code: ErrorCode.ResourceExhausted } limit } => (StatusCodes.Status429TooManyRequests, OAuthError.TemporarilyUnavailable, limit.Message),
            SessionException { Error.Code: ErrorCode.Unavailable } => (StatusCodes.Status503ServiceUnavailable, OAuthError.TemporarilyUnavailable, null),
            _ when GrainCalls.IsNodeAway(exception) => (StatusCodes.Status503ServiceUnavailable, OAuthError.TemporarilyUnavailable, null),
            _ => (StatusCodes.Status500InternalServerError, OAuthError.ServerError, (string?)null),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            Failed(log, http.Request.Path, exception);
        }

        calls.CountLimited(http, exception);
        http.Response.Clear();
        ResponseHeaders.Apply(http);
        http.Response.StatusCode = status;
        ErrorAnswer.SetRetryAfter(http.Response, (exception as SessionException)?.RetryAfter);
        var answer = new Dictionary<string, string> { ["error"] = error };
        if (description is not null)
        {
            answer["error_description"] = description;
        }

        await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }

    /// <summary>Whether somebody has shown a wrong credential, code or token, and is no client that has proved itself: what its users bring to such a one is not its fault.</summary>
    private static bool IsFailureOfStranger(HttpContext http) =>
        http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction is { Response.Error: OAuthError.InvalidClient or OAuthError.InvalidGrant or OAuthError.InvalidToken } transaction
        && AuthenticatedClient.Of(transaction) is not { IsProved: true };

    /// <summary>OpenIddict takes a content type that only begins like a form's, such as one that comes twice, for a form's.</summary>
    private static void EnsureFormIsReadable(HttpRequest request)
    {
        if (request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true && !request.HasFormContentType)
        {
            throw new InvalidRequestException("the content type cannot be read");
        }
    }

    private static bool IsWithoutBody(HttpContext http) =>
        string.IsNullOrEmpty(http.Request.ContentType) && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private static partial void Failed(ILogger log, string path, Exception exception);
}
