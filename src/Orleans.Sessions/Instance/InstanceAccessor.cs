using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Sessions.Instance;

/// <summary>
/// The ids of this installation, loaded when the silo starts. Other nodes place grains on this node as soon as it has joined the cluster, a
/// moment before it has loaded them. Until then it refuses all calls except those that load the ids, and callers repeat their calls
/// (<see cref="GrainCalls"/>). The calls do not wait here, because the grain with the ids may be among the grains that wait for them.
/// </summary>
public sealed class InstanceAccessor
{
    private volatile InstanceIdentity? _identity;

    /// <summary>The ids.</summary>
    public InstanceIdentity Identity
    {
        get => _identity ?? throw new InvalidOperationException("The instance is not loaded yet.");
        set => _identity = value;
    }

    /// <summary>
    /// Fails with <see cref="SiloUnavailableException"/> if the ids are not loaded yet, unless <paramref name="method"/> loads them.
    /// </summary>
    public void EnsureServes(MethodInfo method)
    {
        if (_identity is null && !IsNeeded(method))
        {
            throw new SiloUnavailableException("This node has just joined and does not know the ids of the installation yet.");
        }
    }

    /// <summary>At the very first start the ids are made, too.</summary>
    private static bool IsNeeded(MethodInfo method) =>
        method.DeclaringType == typeof(IInstanceGrain) || method.DeclaringType == typeof(IIdRangesGrain);
}
