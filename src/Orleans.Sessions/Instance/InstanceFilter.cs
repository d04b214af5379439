using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Sessions.Instance;

/// <summary>
/// Other nodes place grains on this one as soon as it has joined the cluster, a moment before it knows the installation's ids. Until then it takes no
/// calls but those that it learns the ids by, and callers come again (<see cref="GrainCalls"/>). They are not let wait: the grain that knows the
/// ids may be among those they wait for.
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

    /// <summary>At the very first start the ids are made, too.</summary>
    private static bool IsNeeded(MethodInfo method) => method.DeclaringType == typeof(IInstanceGrain) || method.DeclaringType == typeof(IIdRangesGrain);
}
