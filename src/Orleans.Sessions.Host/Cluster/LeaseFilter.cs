using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>The one place where everything that is answered from memory passes: no grain of this node answers without the lease.</summary>
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
