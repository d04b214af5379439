using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>All calls that are answered from memory pass through this filter. Without the lease, no grain of this node answers.</summary>
internal sealed class LeaseFilter(ClusterLease lease) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!context.TargetId.IsSystemTarget())
        {
            lease.Ensure();
        }

        return context.Invoke();
    }
}
