using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Decides what a client of the cluster may call. A client that proves that it holds the master key is a host with the role <c>gateway</c>
/// and may call everything. Any other client may call only the interfaces of the client package
/// (<see cref="OpenToClusterClientsAttribute"/>). This keeps applications away from keys, tokens and roles. It does not stop an attacker on
/// the network, who could pretend to be a silo; mutual TLS does.
/// </summary>
internal sealed class ClusterClients(ClusterProof proof)
{
    private readonly ConcurrentDictionary<MethodInfo, bool> _isOpen = new();

    /// <summary>Fails with <c>SESSION-Clust2</c> unless the caller may call this method of a grain.</summary>
    public void EnsureMay(GrainId? caller, MethodInfo method)
    {
        if (
            caller is { } source
            && IsOutside(source)
            && !_isOpen.GetOrAdd(method, IsOpen)
            && !proof.IsGood(RequestContext.Get(ClusterProof.ContextKey) as string)
        )
        {
            throw new SessionException(SessionErrors.ClusterClientRefused);
        }
    }

    /// <summary>Whether the client is in a process without a silo. The name of the client within a silo begins with "hosted-".</summary>
    private static bool IsOutside(GrainId source) => source.IsClient() && !source.Key.AsSpan().StartsWith("hosted-"u8);

    private static bool IsOpen(MethodInfo method) =>
        method.DeclaringType?.IsDefined(typeof(OpenToClusterClientsAttribute), inherit: false) == true
        && !method.IsDefined(typeof(HostsOnlyAttribute), inherit: false);
}
