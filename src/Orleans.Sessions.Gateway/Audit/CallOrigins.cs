using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Rest;

namespace Orleans.Sessions.Gateway.Audit;

/// <summary>Tells grains where a call comes from. Calls that only read do not pay for it.</summary>
internal static class CallOrigins
{
    /// <summary>Where a request comes from; <paramref name="caller"/> is <c>null</c> as long as nobody is known.</summary>
    public static CallOrigin Of(HttpContext http, Caller? caller) => new()
    {
        Source = Address(http),
        UserAgent = AuditText.Clean(http.Request.Headers.UserAgent),
        RequestId = http.Response.Headers[ResponseHeaders.RequestId] is [{ } id] ? id : http.TraceIdentifier,
        ActorKind = KindOf(caller),
        ActorId = caller is { UserId.Length: > 0 } ? caller.UserId : null,
        ActorOrganizationId = caller is { OrganizationId.Length: > 0 } ? caller.OrganizationId : null,
    };

    /// <summary>Pages and protocol endpoints, whose callers have no token of ours: whatever they change was caused by somebody unknown from there.</summary>
    public static void UseCallOrigins(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) && !OidcRequests.IsReading(http.Request.Path))
        {
            CallOrigin.Current = Of(http, caller: null);
        }

        await next(http);
    });

    private static AuditActor KindOf(Caller? caller) => caller switch
    {
        null => AuditActor.Anonymous,
        { Kind: UserKind.Machine } => AuditActor.Machine,
        _ => AuditActor.Human,
    };

    private static string? Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }
}
