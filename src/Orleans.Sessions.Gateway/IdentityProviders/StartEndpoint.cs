using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// Where browsers begin a login that is bound to them: they get a cookie and go on to the provider. The first browser that comes with the ticket is the one, so nobody
/// else learns the provider's address of this login, and nobody can finish it in a browser that did not begin it (login CSRF, RFC 6749 §10.12).
/// </summary>
internal static class StartEndpoint
{
    /// <summary>The path; the ticket follows.</summary>
    public const string Path = "/idps/start/";

    public static void MapIdentityProviderStart(this IEndpointRouteBuilder routes)
    {
        var grains = routes.ServiceProvider.GetRequiredService<IGrainFactory>();
        var origin = routes.ServiceProvider.GetRequiredService<PublicOrigin>();
        var pipeline = routes.ServiceProvider.GetRequiredService<CallPipeline>();
        var limits = routes.ServiceProvider.GetRequiredService<RequestLimits>();
        routes.MapGet($"{Path}{{ticket}}", (RequestDelegate)(http => HandleAsync(http, grains, origin, pipeline, limits)));
    }

    private static async Task HandleAsync(HttpContext http, IGrainFactory grains, PublicOrigin origin, CallPipeline pipeline, RequestLimits limits)
    {
        try
        {
            limits.Visit(http);
            if (http.Request.RouteValues["ticket"] is not string ticket || !IntentTokens.TryGetIntentId(ticket, out var id))
            {
                throw new SessionException(SessionErrors.IntentUnknown);
            }

            var cookie = new BrowserCookie(origin.Of(http.Request), id);
            var begun = await grains.GetGrain<IIntentGrain>(GrainKeys.Intent(id)).BeginAsync(ticket, cookie.Read(http.Request));
            cookie.Write(http.Response, begun.Browser, begun.ExpiresAt);
            http.Response.Redirect(begun.AuthUrl);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            await ErrorAnswer.WriteAsync(http, CallFailure.Of(exception) ?? CallFailure.Of(pipeline.Translate(exception, Path)));
        }
    }
}
