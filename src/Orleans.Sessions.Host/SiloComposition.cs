using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Host.Cluster;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>Composes a silo: storage, membership, grains, and background jobs.</summary>
internal static class SiloComposition
{
    /// <summary>Adds the silo. Before the silo starts, the storage updates its schema and the master key is read.</summary>
    /// <returns>The embedded database, which the caller disposes of after the silo has ended; <c>null</c> with PostgreSQL.</returns>
    /// <exception cref="UnusableStorageException">Another process uses the embedded database, or the database cannot be used.</exception>
    public static EmbeddedDatabase? AddSilo(this WebApplicationBuilder builder)
    {
        var storage = StorageOptions.From(builder.Configuration);
        builder.Services.AddSingleton(storage);
        if (!storage.IsShared)
        {
            ClusterEndpoints.EnsureNoAddress(builder.Configuration);
        }

        var embedded = storage.IsShared ? null : EmbeddedDatabase.Take(storage.DataPath, MasterKey.KeyFile);

        builder.UseOrleans(silo =>
        {
            silo.AddSessionStorage(storage);
            if (storage.IsShared)
            {
                silo.BindClusterPorts();
                silo.AddStartupTask<SharedLoopbackWarning>(ServiceLifecycleStage.First);
                silo.AddClusterLease();
                silo.UseSessionsDirectory();
            }
            else
            {
                UseSingleNode(silo, builder.Configuration);
            }

            silo.UseSessionsTls();
            silo.Services.AddSingleton<ClusterClients>();
            silo.AddIncomingGrainCallFilter<NodeCallFilter>();
            silo.AddStartupTask<InstanceStartup>();
            silo.AddStartupTask<ConfigurationTrail>();
            silo.AddStartupTask<ConfiguredClientsStartup>();
            silo.AddStartupTask<ConfiguredServiceProvidersStartup>();
            Tune(silo);
        });
        builder.AddMasterKey();
        builder.Services.AddSessionGrains(builder.Configuration, provider => provider.GetRequiredService<MasterKey>().Key);
        builder.Services.AddNotificationDelivery(builder.Configuration);
        builder.Services.AddHostedService<SweeperService>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<IdleSessions>());
        builder.Services.AddHostedService<AdministratorRecovery>();
        builder.Services.AddBackChannelLogout();
        builder
            .Services.AddHealthChecks()
            .AddCheck<SiloHealthCheck>("silo", tags: ["ready"])
            .AddCheck<StorageHealthCheck>("storage", tags: ["ready"]);
        return embedded;
    }

    /// <summary>
    /// The embedded database allows only one process, so nobody needs to know its Orleans ports. Unless the ports are configured, free ones
    /// are used, so that several such processes can run on one machine.
    /// </summary>
    private static void UseSingleNode(ISiloBuilder silo, IConfiguration configuration)
    {
        var siloPort = configuration.GetValue<int?>("Orleans:Endpoints:SiloPort") ?? FreePort();
        var gatewayPort = configuration.GetValue<int?>("Orleans:Endpoints:GatewayPort") ?? 0;
        silo.UseLocalhostClustering(siloPort, gatewayPort);
    }

    /// <summary>
    /// Sets every timeout explicitly instead of using the defaults. With these probes, a killed node is out after about 1.4 seconds; with
    /// the defaults, after 5 to 7 seconds. A node that is only cut off is out when no message has come from it for three times the longest
    /// probe: 2.4 seconds.
    /// </summary>
    private static void Tune(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromMilliseconds(800);
            options.MinProbeTimeout = TimeSpan.FromMilliseconds(500);
            options.MaxProbeTimeout = TimeSpan.FromMilliseconds(800);
            options.NumMissedProbesLimit = 3;

            // Each node votes for itself. Its vote also says which node it cannot reach (BrokenLinks). With up to ten nodes, a majority is
            // needed, so if the cluster splits into two parts, the smaller part is voted out.
            options.EnableIndirectProbes = false;
            options.NumVotesForDeathDeclaration = 5;
        });
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
        silo.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
        silo.Services.AddOptions<GrainCollectionOptions>().Configure<IOptions<MemoryOptions>>(Tune);
    }

    private static void Tune(GrainCollectionOptions options, IOptions<MemoryOptions> memory)
    {
        options.CollectionAge = TimeSpan.FromMinutes(10);

        // All grains that are due leave at the same moment. By default this is done once a minute, and would delay requests.
        options.CollectionQuantum = TimeSpan.FromSeconds(5);

        // A node that is short of memory drops idle activations early and few at a time, so that neither the garbage collector nor the end
        // of thousands of activations delays requests.
        options.EnableActivationSheddingOnMemoryPressure = true;
        options.MemoryUsageLimitPercentage = memory.Value.ShedAbove;
        options.MemoryUsageTargetPercentage = memory.Value.ShedAbove - 2;
        options.MemoryUsagePollingPeriod = TimeSpan.FromSeconds(1);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
