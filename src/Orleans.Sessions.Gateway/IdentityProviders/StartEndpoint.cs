using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// The endpoint where a browser begins a login that is bound to it. The browser gets a cookie and goes on to the provider. The ticket works
/// only for the first browser that brings it. So no other browser learns the provider's URL of this login, and no browser can finish a
/// login that another one began (login CSRF, RFC 6749 §10.12).
/// </summary>
internal static class StartEndpoint
{
    /// <summary>The path. The ticket is its next segment.</summary>
    public const string Path = "/idps/start/";

    public static void MapIdentityProviderStart(this IEndpointRouteBuilder routes)
    {
        var grains = routes.ServiceProvider.GetRequiredService<Grains>();
        var origin = routes.ServiceProvider.GetRequiredService<PublicOrigin>();
        var pipeline = routes.ServiceProvider.GetRequiredService<CallPipeline>();
        var limits = routes.ServiceProvider.GetRequiredService<RequestLimits>();
        routes.MapGet($"{Path}{{ticket}}", (RequestDelegate)(http => HandleAsync(http, grains, origin, pipeline, limits)));
    }

    private static async Task HandleAsync(HttpContext http, Grains grains, PublicOrigin origin, CallPipeline pipeline, RequestLimits limits)
    {
        try
        {
            limits.Visit(http);
            if (http.Request.RouteValues["ticket"] is not string ticket || !IntentTokens.TryGetIntentId(ticket, out var id))
            {
                throw new SessionException(SessionErrors.IntentUnknown);
            }

            var cookie = new BrowserCookie(origin.Of(http.Request), id);
            var begun = await grains.Intent(id).BeginAsync(ticket, cookie.Read(http.Request));
            cookie.Write(http.Response, begun.Browser, begun.ExpiresAt);
            http.Response.Redirect(begun.AuthUrl);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            await ErrorAnswer.WriteAsync(http, CallFailure.Of(exception) ?? CallFailure.Of(pipeline.Translate(exception, Path)));
        }
    }
}
