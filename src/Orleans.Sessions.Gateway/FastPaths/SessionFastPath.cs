using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Sessions;

namespace Orleans.Sessions.Gateway.FastPaths;

/// <summary>
/// The shortcut for <c>GET /v2/sessions/{id}</c>, the most frequent request. It skips routing. See <see cref="FastPathExtensions"/>.
/// </summary>
internal sealed class SessionFastPath(SessionReading reading, CallPipeline pipeline, RefusedCalls refused)
{
    private const string Prefix = "/v2/sessions/";
    private const string Method = "zitadel.session.v2.SessionService.GetSession";
    private const int MaxId = 200;
    private const int MaxToken = 500;

    public Task HandleAsync(HttpContext http, RequestDelegate next) =>
        IsPlainRead(http.Request, out var id, out var token)
        && http.Request.Headers.Origin.Count == 0
        && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }
            ? AnswerAsync(http, id, token)
            : next(http);

    private async Task AnswerAsync(HttpContext http, string id, string? token)
    {
        Caller? caller = null;
        try
        {
            caller = await pipeline.IdentifyAsync(http, http.RequestAborted);
            var body = AnswerFormat.Json.Bytes(await reading.ReadAsync(id, token, caller, http.RequestAborted));
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
        }
        catch (SessionException exception)
        {
            refused.Count(http, caller, Method, request: null, exception.Error);
            pipeline.Refused(Method, exception, caller);
            await ErrorAnswer.WriteAsync(http, CallFailure.Of(exception));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await ErrorAnswer.WriteAsync(http, CallFailure.Of(pipeline.Translate(exception, Method)));
        }
    }

    /// <summary>Whether the request has an id and at most a token, both within their bounds and without escapes.</summary>
    private static bool IsPlainRead(HttpRequest request, out string id, out string? token)
    {
        (id, token) = ("", null);
        if (
            !HttpMethods.IsGet(request.Method)
            || request.Path.Value is not { } path
            || !path.StartsWith(Prefix, StringComparison.Ordinal)
            || path.Length - Prefix.Length is <= 0 or > MaxId
            || path.AsSpan(Prefix.Length).ContainsAnyExceptInRange('-', 'z')
            || path.AsSpan(Prefix.Length).Contains('/')
        )
        {
            return false;
        }

        var query = request.QueryString.Value.AsSpan();
        if (!query.IsEmpty)
        {
            query =
                query.StartsWith("?sessionToken=") ? query["?sessionToken=".Length..]
                : query.StartsWith("?session_token=") ? query["?session_token=".Length..]
                : default;
            if (query.Length is 0 or > MaxToken || query.ContainsAnyExceptInRange('-', 'z'))
            {
                return false;
            }

            token = query.ToString();
        }

        id = path[Prefix.Length..];
        return true;
    }
}
