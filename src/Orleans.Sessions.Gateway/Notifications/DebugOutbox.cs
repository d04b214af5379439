using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Orleans.Sessions.Gateway.Cluster;

namespace Orleans.Sessions.Gateway.Notifications;

/// <summary>For development: lists the messages that no delivery is configured for, at <c>/debug/outbox</c>, newest first.</summary>
internal static class DebugOutbox
{
    /// <summary>Whether the page exists.</summary>
    private const string Key = "Sessions:Notifications:ShowAtDebugOutbox";

    /// <summary>Maps the page, if it is configured. The page has no authentication: it is for a developer's own machine.</summary>
    public static void MapDebugOutbox(this WebApplication app)
    {
        if (app.Configuration.GetValue<bool>(Key))
        {
            app.MapGet("/debug/outbox", async (Grains grains) =>
                Results.Json(await grains.DebugOutbox.ListAsync(), DebugOutboxJson.Default.ImmutableListDebugMessage)
            );
        }
    }
}
