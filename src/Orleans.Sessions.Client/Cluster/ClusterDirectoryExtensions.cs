using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Sessions.Client.Cluster;

/// <summary>Which grain directory the cluster has: every silo of it takes part, so every silo must have the same.</summary>
public static class ClusterDirectoryExtensions
{
    /// <summary>
    /// Uses the directory that promises one activation among the members of the cluster. The default one does not while nodes come and go,
    /// and two activations that survive such a change would answer differently for as long as anybody asks.
    /// <para>
    /// That a node that was voted out may still have an activation is not the directory's business here: it would hold back all grains of
    /// that node, and all new ones of its part of the ring, for a time. Reads may go on at once, because that node cannot write any more,
    /// and changes wait only as long as its lease runs.
    /// </para>
    /// </summary>
    public static ISiloBuilder UseSessionsDirectory(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        return silo.Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = TimeSpan.Zero);
    }
}
