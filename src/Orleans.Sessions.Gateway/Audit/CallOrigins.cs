using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Audit;

/// <summary>Tells grains where a call comes from. Calls that only read skip this, so that they stay cheap.</summary>
internal sealed class CallOrigins(RequestSource source)
{
    /// <summary>Where a request comes from; <paramref name="caller"/> is <c>null</c> while the caller is not known.</summary>
    public CallOrigin Of(HttpContext http, Caller? caller) =>
        new()
        {
            Source = source.Of(http)?.ToString(),
            UserAgent = AuditText.Clean(http.Request.Headers.UserAgent),
            RequestId = http.Response.Headers[RequestIdHeader.Name] is [{ } id] ? id : http.TraceIdentifier,
            ClientId = caller?.ClientId,
            ActorKind = KindOf(caller),
            ActorId = caller is { UserId.Length: > 0 } ? caller.UserId : null,
            ActorOrganizationId = caller is { OrganizationId.Length: > 0 } ? caller.OrganizationId : null,
            IsLoginFrontend = caller is { IsLoginFrontend: true },
        };

    /// <summary>
    /// Covers pages and protocol endpoints. Their callers have no token of this service, so their changes are recorded as caused by an
    /// unknown caller at the request's address.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="isReading">Whether a request only reads.</param>
    public static void UseCallOrigins(WebApplication app, Func<HttpContext, bool> isReading)
    {
        var origins = app.Services.GetRequiredService<CallOrigins>();
        app.Use(
            async (http, next) =>
            {
                if (!http.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) && !isReading(http))
                {
                    CallOrigin.Current = origins.Of(http, caller: null);
                }

                await next(http);
            }
        );
    }

    private static AuditActor KindOf(Caller? caller) =>
        caller switch
        {
            null => AuditActor.Anonymous,
            { Kind: UserKind.Machine } => AuditActor.Machine,
            _ => AuditActor.Human,
        };
}
