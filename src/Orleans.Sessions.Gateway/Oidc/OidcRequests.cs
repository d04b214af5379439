using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OpenIddict.Server.AspNetCore;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Pages;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// Wraps every request of the protocol. It loads the keys, sets the issuer, and answers faults of the service as OAuth errors.
/// </summary>
internal sealed partial class OidcRequests(
    KeyRing keys,
    PublicOrigin origin,
    RequestLimits limits,
    RefusedCalls calls,
    RefusalLog refusals,
    ILogger<OidcRequests> log
)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Whether a path belongs to the protocol. OpenIddict and routing know their paths in any case of their letters.</summary>
    public static bool IsOne(PathString path) => IsBelow(path, "/oauth") || IsBelow(path, "/oidc") || IsBelow(path, "/.well-known");

    /// <summary>
    /// Whether browsers navigate to a path of the protocol, or frame it. Scripts must not call such a path (RFC 9700 §2.6).
    /// </summary>
    public static bool IsVisited(PathString path) =>
        IsBelow(path, $"/{OidcPaths.Authorize}")
        || IsBelow(path, $"/{OidcPaths.Device}")
        || IsBelow(path, $"/{OidcPaths.EndSession}")
        || IsBelow(path, $"/{OidcPaths.CheckSession}");

    /// <summary>Whether a path of the protocol only reads.</summary>
    public static bool IsReading(PathString path) =>
        IsBelow(path, "/.well-known") || path == $"/{OidcPaths.Keys}" || path == $"/{OidcPaths.UserInfo}";

    public async Task PrepareAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            if (await EndpointMethods.RefuseAsync(http))
            {
                refusals.Refused(http, OAuthError.InvalidRequest);
                return;
            }

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
                    if (http.Request.Headers.Origin.Count == 0)
                    {
                        // The answer to a script names its origin, so caches must not give it this answer.
                        http.Response.Headers.Append("Vary", "Origin");
                    }

                    http.Response.Headers.Remove("Pragma");
                    http.Response.Headers.Remove("Expires");
                    return Task.CompletedTask;
                });
            }

            if (http.Request.Path == $"/{OidcPaths.UserInfo}" && HttpMethods.IsPost(http.Request.Method) && IsWithoutBody(http))
            {
                // The token is in the header. OpenIddict requires a form, so the request gets an empty form.
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

    /// <summary>Answers a request that failed with an exception.</summary>
    public async Task FailAsync(HttpContext http, Exception exception)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
            return;
        }

        var status = CallFailure.StatusOf(exception);
        var error = status switch
        {
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => OAuthError.TemporarilyUnavailable,
            StatusCodes.Status500InternalServerError => OAuthError.ServerError,
            _ => OAuthError.InvalidRequest,
        };
        var description =
            status >= StatusCodes.Status500InternalServerError ? null
            : exception is SessionException { Error: var refused } ? refused.Message
            : UnreadableRequest.Of(exception)?.Message;
        if (status == StatusCodes.Status500InternalServerError)
        {
            Failed(log, http.Request.Path, exception);
        }
        else
        {
            refusals.Refused(http, error, (exception as SessionException)?.Error);
        }

        calls.CountLimited(http, exception);
        http.Response.Clear();
        ResponseHeaders.Apply(http);
        http.Response.StatusCode = status;
        ErrorAnswer.SetRetryAfter(http.Response, CallFailure.RetryAfterOf(exception, status));
        if (IsVisited(http.Request.Path) && MessagePage.IsWanted(http.Request))
        {
            await MessagePage.WriteAsync(http, status, PageTexts.Of(status), description?.TrimEnd('.'), error);
            return;
        }

        var answer = new Dictionary<string, string> { ["error"] = error };
        if (description is not null)
        {
            answer["error_description"] = description;
        }

        await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }

    private static bool IsBelow(PathString path, string parent) => path.StartsWithSegments(parent, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the request has a wrong credential, code or token, and no authenticated client sent it. An authenticated client is not
    /// responsible for what its users bring.
    /// </summary>
    private static bool IsFailureOfStranger(HttpContext http) =>
        http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction
            is {
                Response.Error: OAuthError.InvalidClient or OAuthError.InvalidGrant or OAuthError.InvalidToken or DpopChallenge.InvalidProof
            } transaction
        && TransactionState.Of(transaction).Client is not { IsProved: true };

    /// <summary>OpenIddict accepts a content type that only begins like that of a form, for example a repeated one.</summary>
    private static void EnsureFormIsReadable(HttpRequest request)
    {
        if (request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true && !request.HasFormContentType)
        {
            throw new InvalidRequestException("the content type cannot be read");
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw new InvalidRequestException("a form cannot be compressed") { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
        }
    }

    private static bool IsWithoutBody(HttpContext http) =>
        string.IsNullOrEmpty(http.Request.ContentType)
        && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private static partial void Failed(ILogger log, string path, Exception exception);
}
