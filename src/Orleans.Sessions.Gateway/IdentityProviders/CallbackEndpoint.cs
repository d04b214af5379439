using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// The endpoints to which providers send browsers back: with a query, with a form (<c>response_mode=form_post</c>), or with a token in a
/// header. The answer sends the browser on to the success or failure URL of the login. If no login has that <c>state</c>, there is no URL
/// to send the browser to.
/// </summary>
internal static class CallbackEndpoint
{
    /// <summary>The path, as it is registered at providers.</summary>
    public const string Path = "/idps/callback";

    /// <summary>The path to which requests with a token in a header come.</summary>
    private const string TokenPath = "/idps/jwt";

    /// <summary>The maximum length of one parameter, in characters.</summary>
    private const int MaxValue = 8 * 1024;

    private static readonly string[] s_verbs = [HttpMethods.Get, HttpMethods.Post];

    public static void MapIdentityProviderCallback(this IEndpointRouteBuilder routes)
    {
        var grains = routes.ServiceProvider.GetRequiredService<Grains>();
        var origin = routes.ServiceProvider.GetRequiredService<PublicOrigin>();
        var pipeline = routes.ServiceProvider.GetRequiredService<CallPipeline>();
        var limits = routes.ServiceProvider.GetRequiredService<RequestLimits>();
        routes.MapMethods(Path, s_verbs, (RequestDelegate)AnswerAsync);
        routes.MapGet(TokenPath, (RequestDelegate)AnswerTokenAsync);

        Task AnswerAsync(HttpContext http) => HandleAsync(http, Path, ReadAsync);

        Task AnswerTokenAsync(HttpContext http) => HandleAsync(http, TokenPath, request => ReadTokenAsync(request, grains));

        async Task HandleAsync(HttpContext http, string path, Func<HttpRequest, Task<IntentCallback>> read)
        {
            try
            {
                limits.Visit(http);
                await FinishAsync(http, await read(http.Request), grains, origin);
            }
            catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
            {
                await ErrorAnswer.WriteAsync(http, CallFailure.Of(exception) ?? CallFailure.Of(pipeline.Translate(exception, path)));
            }
        }
    }

    private static async Task FinishAsync(HttpContext http, IntentCallback callback, Grains grains, PublicOrigin origin)
    {
        var id = IdOf(callback.State);
        var cookie = new BrowserCookie(origin.Of(http.Request), id);
        var outcome = await grains.Intent(id).CompleteAsync(callback with { Browser = cookie.Read(http.Request) });
        if (outcome.Browser is { } browser)
        {
            // Whoever reloads the page of the provider gets here again.
            cookie.Write(http.Response, browser, outcome.BrowserUntil);
        }
        else
        {
            cookie.Delete(http);
        }

        // The URL contains a token. The headers that every answer has keep the browser from passing the URL on to the next page.
        http.Response.Redirect(ReturnUrl(outcome));
    }

    private static string IdOf(string state) =>
        IntentTokens.TryGetIntentId(state, out var id) ? id : throw new SessionException(SessionErrors.IntentUnknown);

    private static async Task<IntentCallback> ReadAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return Read(name => request.Query[name]);
        }

        var form = await FormBody.ReadAsync(request);
        return Read(name => form[name]);
    }

    private static IntentCallback Read(Func<string, StringValues> parameter)
    {
        return new IntentCallback
        {
            State = One("state") ?? throw new SessionException(SessionErrors.IntentStateMissing),
            Code = One("code"),
            Error = One("error"),
            Issuer = One("iss"),
            User = One("user"),
        };

        string? One(string name) => CallbackEndpoint.One(parameter(name));
    }

    /// <summary>Which header has the token is in the settings of the provider at which the login is.</summary>
    private static async Task<IntentCallback> ReadTokenAsync(HttpRequest request, Grains grains)
    {
        var state = One(request.Query[IntentCallback.JwtState]) ?? throw new SessionException(SessionErrors.IntentStateMissing);
        var header = await grains.Intent(IdOf(state)).FindHeaderAsync(state);
        return new IntentCallback { State = state, Token = header is null ? null : One(request.Headers[header]) };
    }

    private static string? One(StringValues values) => values is [{ Length: > 0 and <= MaxValue } value] ? value : null;

    private static string ReturnUrl(IntentOutcome outcome) =>
        QueryHelpers.AddQueryString(
            outcome.Url,
            outcome.Token is { } token
                ? new Dictionary<string, string?>
                {
                    ["id"] = outcome.IntentId,
                    ["token"] = token,
                    ["user"] = outcome.UserId,
                }
                : new Dictionary<string, string?>
                {
                    ["id"] = outcome.IntentId,
                    ["error"] = outcome.Error,
                    ["error_description"] = outcome.ErrorDescription,
                }
        );
}
