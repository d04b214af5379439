using System.Globalization;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>Adds the lease to a silo that is one of several.</summary>
internal static class LeaseExtensions
{
    /// <summary>
    /// How long a node answers from memory after it has last seen in the database that it is a member of the cluster: 2 seconds to 5
    /// minutes.
    /// </summary>
    /// <value><c>00:00:03</c></value>
    public const string Key = "Sessions:Cluster:Lease";

    private static readonly TimeSpan s_default = TimeSpan.FromSeconds(3);

    /// <summary>Adds the lease and its keeper.</summary>
    /// <exception cref="InvalidOperationException">The configured time is not 2 seconds to 5 minutes.</exception>
    public static void AddClusterLease(this ISiloBuilder silo)
    {
        var length = Length(silo.Configuration[Key]);
        silo.Services.AddSingleton(services => new ClusterLease(services.GetRequiredService<TimeProvider>(), length));
        silo.Services.AddSingleton(services => new TakeoverFence(services.GetRequiredService<TimeProvider>(), length));
        silo.Services.AddSingleton<BrokenLinks>();
        silo.Services.AddSingleton<NodeExit>();
        silo.Services.AddSingleton<IFatalErrorHandler>(services => services.GetRequiredService<NodeExit>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LeaseKeeper>();
    }

    private static TimeSpan Length(string? configured)
    {
        if (string.IsNullOrEmpty(configured))
        {
            return s_default;
        }

        return
            TimeSpan.TryParse(configured, CultureInfo.InvariantCulture, out var length)
            && length >= TimeSpan.FromSeconds(2)
            && length <= TimeSpan.FromMinutes(5)
            ? length
            : throw new InvalidOperationException($"{Key} must be 2 seconds to 5 minutes, such as 00:00:03, not '{configured}'.");
    }
}
