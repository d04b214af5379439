using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Decides what a client of the cluster may call. A client that proves that it holds the master key is a host of role <c>gateway</c> and may call
/// everything; any other one gets the interfaces of the client package (<see cref="OpenToClusterClientsAttribute"/>). This keeps applications apart
/// from keys, tokens and roles. It does not keep strangers out, who could claim to be a silo: mutual TLS does.
/// </summary>
internal sealed class ClusterCallFilter(ClusterProof proof) : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<MethodInfo, bool> _isOpen = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.SourceId is { } source && IsOutside(source) && !context.TargetId.IsSystemTarget()
            && !_isOpen.GetOrAdd(context.InterfaceMethod, IsOpen)
            && !proof.IsGood(RequestContext.Get(ClusterProof.ContextKey) as string))
        {
            throw new SessionException(SessionErrors.ClusterClientRefused);
        }

        return context.Invoke();
    }

    /// <summary>A client in a process without a silo. The one within a silo is named after it.</summary>
    private static bool IsOutside(GrainId source) => source.IsClient() && !source.Key.AsSpan().StartsWith("hosted-"u8);

    private static bool IsOpen(MethodInfo method) =>
        method.DeclaringType?.IsDefined(typeof(OpenToClusterClientsAttribute), inherit: false) == true
        && !method.IsDefined(typeof(HostsOnlyAttribute), inherit: false);
}
