using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Sessions.Gateway.FastPaths;

/// <summary>
/// Shortcuts for the two requests that APIs send for each of their own requests: the reading of a session, and token introspection.
/// Routing, validation and OpenIddict's handlers cost several times more than the grain call that answers such a request.
/// <para>
/// Each shortcut is a second way to the same answer, so it obeys three rules. It takes only plain requests, and leaves all others to the
/// normal way: other parameters, escapes, too long values, requests of browser pages, which need CORS. It answers the same bytes, headers
/// and errors as the normal way, and tests compare both. It calls the same code for everything that decides: callers, limits, permissions,
/// grains and the audit trail.
/// </para>
/// </summary>
internal static class FastPathExtensions
{
    public static void AddFastPaths(this IServiceCollection services)
    {
        services.AddSingleton<SessionFastPath>();
        services.AddSingleton<IntrospectionFastPath>();
    }

    /// <summary>Puts the shortcuts before everything that follows.</summary>
    public static void UseFastPaths(this IApplicationBuilder app)
    {
        app.Use(app.ApplicationServices.GetRequiredService<SessionFastPath>().HandleAsync);
        app.Use(app.ApplicationServices.GetRequiredService<IntrospectionFastPath>().HandleAsync);
    }
}
