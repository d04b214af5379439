using Orleans.Configuration;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>Puts a process without grains together: it finds the silos through the database and calls them.</summary>
internal static class ClientComposition
{
    /// <summary>Adds the cluster client.</summary>
    public static void AddClusterClient(this WebApplicationBuilder builder)
    {
        var storage = StorageOptions.From(builder.Configuration);
        builder.UseOrleansClient(client =>
        {
            client.UseSessionMembership(storage);
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        });
    }
}
