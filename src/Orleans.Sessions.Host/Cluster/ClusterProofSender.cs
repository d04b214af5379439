using Orleans.Runtime;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>Sends with each call of a host of role <c>gateway</c> the proof that it holds the master key.</summary>
internal sealed class ClusterProofSender(ClusterProof proof) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(ClusterProof.ContextKey, proof.Create());
        return context.Invoke();
    }
}
