using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Sessions.Cluster;

/// <summary>The grain directory of the cluster. Every silo takes part in it, so every silo must use the same one.</summary>
public static class ClusterDirectoryExtensions
{
    /// <summary>
    /// Uses the directory that guarantees one activation among the members of the cluster. The default directory does not guarantee this
    /// while nodes come and go. Two activations that survive such a change would give different answers for as long as they are called.
    /// <para>
    /// The directory is not used to wait until a node that was voted out has lost its activations. That would block all grains of that
    /// node, and all new grains of its part of the ring, for a time. Reads can continue at once, because that node cannot write any more.
    /// Changes wait only until its lease ends.
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
