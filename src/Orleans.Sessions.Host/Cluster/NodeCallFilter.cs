using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Instance;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Every call to a grain of this node passes here. The node answers no call without its lease, because grains answer from memory; it
/// answers clients of the cluster only what is open to them; and it answers nothing before it knows the ids of its installation. Calls to
/// Orleans' own targets are always answered.
/// </summary>
internal sealed class NodeCallFilter(ClusterLease lease, ClusterClients clients, InstanceAccessor instance, TimeProvider clock)
    : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!context.TargetId.IsSystemTarget())
        {
            lease.Ensure();
            clients.EnsureMay(context.SourceId, context.InterfaceMethod);
            instance.EnsureServes(context.InterfaceMethod);
            CallDeadline.Receive(clock);
        }

        return context.Invoke();
    }
}
