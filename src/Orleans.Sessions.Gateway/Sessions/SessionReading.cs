using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>
/// <c>GET /v2/sessions/{id}</c>, the most frequent request of all, without the detour over messages and routing. It answers the same bytes as the
/// contract's own endpoint, to which everything unusual is left. A session's answer is written once and kept as long as the grain
/// hands out the same view, that is until the session changes.
/// </summary>
internal sealed class SessionReading(GrainReferences<ISessionGrain> sessions, CallPipeline pipeline, TimeProvider clock)
{
    private const string Prefix = "/v2/sessions/";
    private const string Method = "zitadel.session.v2.SessionService.GetSession";
    private const int MaxId = 200;
    private const int MaxToken = 500;

    private static readonly ConditionalWeakTable<SessionView, byte[]> s_written = [];

    /// <summary>Puts the short cut before everything else; pages of browsers take the long way, where CORS is.</summary>
    public static void Use(WebApplication app)
    {
        var reading = app.Services.GetRequiredService<SessionReading>();
        app.Use((http, next) => IsPlainRead(http.Request, out var id, out var token) && http.Request.Headers.Origin.Count == 0 ? reading.AnswerAsync(http, id, token) : next(http));
    }

    private async Task AnswerAsync(HttpContext http, string id, string? token)
    {
        try
        {
            var caller = await pipeline.IdentifyAsync(http, http.RequestAborted);
            var view = await GrainCalls.RepeatAsync(
                static call => call.Session.GetAsync(call.Caller, call.Token), (Session: sessions.Get(GrainKeys.Session(id)), Caller: caller, Token: token), clock, http.RequestAborted);
            var body = s_written.GetValue(view, static view => RestResponse.Encode(new GetSessionResponse { Session = SessionResponses.Session(view) }));
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
        }
        catch (SessionException exception)
        {
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

    /// <summary>An id and at most a token, both within their bounds and without escapes.</summary>
    private static bool IsPlainRead(HttpRequest request, out string id, out string? token)
    {
        (id, token) = ("", null);
        if (!HttpMethods.IsGet(request.Method) || request.Path.Value is not { } path || !path.StartsWith(Prefix, StringComparison.Ordinal)
            || path.Length is <= 13 or > 13 + MaxId || path.AsSpan(Prefix.Length).ContainsAnyExceptInRange('-', 'z') || path.AsSpan(Prefix.Length).Contains('/'))
        {
            return false;
        }

        var query = request.QueryString.Value.AsSpan();
        if (!query.IsEmpty)
        {
            query = query.StartsWith("?sessionToken=") ? query["?sessionToken=".Length..] : query.StartsWith("?session_token=") ? query["?session_token=".Length..] : default;
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
