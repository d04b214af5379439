using Orleans.Configuration;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Host.Cluster;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>Composes a process without grains. It finds the silos through the database and calls them.</summary>
internal static class ClientComposition
{
    /// <summary>Adds the cluster client.</summary>
    public static void AddClusterClient(this WebApplicationBuilder builder)
    {
        var storage = StorageOptions.From(builder.Configuration);
        builder.Services.AddSingleton(storage);
        builder.AddMasterKey();
        builder.Services.AddSingleton(provider => new SecretProtector(() => provider.GetRequiredService<MasterKey>().Key));
        builder.UseOrleansClient(client =>
        {
            client.UseSessionsTls();
            client.AddOutgoingGrainCallFilter<ClusterProofSender>();
            client.UseSessionMembership(storage);
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        });
    }
}
