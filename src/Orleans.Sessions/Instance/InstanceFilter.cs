using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Sessions.Instance;

/// <summary>
/// Other nodes place grains on this node as soon as it has joined the cluster, a moment before it has loaded the installation's ids. Until
/// then it refuses all calls except those that load the ids, and callers repeat their calls (<see cref="GrainCalls"/>). The calls do not
/// wait here, because the grain with the ids may be among the grains that wait for them.
/// </summary>
public sealed class InstanceFilter(InstanceAccessor instance) : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!instance.IsLoaded && !context.TargetId.IsSystemTarget() && !IsNeeded(context.InterfaceMethod))
        {
            throw new SiloUnavailableException("This node has just joined and does not know the installation's ids yet.");
        }

        return context.Invoke();
    }

    /// <summary>At the very first start the ids are also made.</summary>
    private static bool IsNeeded(MethodInfo method) => method.DeclaringType == typeof(IInstanceGrain) || method.DeclaringType == typeof(IIdRangesGrain);
}
