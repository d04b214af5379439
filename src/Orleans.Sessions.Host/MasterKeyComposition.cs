using Orleans.Sessions.Host.Cluster;

namespace Orleans.Sessions.Host;

internal static class MasterKeyComposition
{
    /// <summary>Adds the master key, which is read before anything else starts, and the proof that this process holds it.</summary>
    public static void AddMasterKey(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MasterKey>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MasterKey>());
        builder.Services.AddSingleton<ClusterProof>();
    }
}
