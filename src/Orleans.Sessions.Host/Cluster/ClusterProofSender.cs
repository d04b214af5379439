using Orleans.Runtime;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>Adds to each call of a host with the role <c>gateway</c> the proof that it holds the master key.</summary>
internal sealed class ClusterProofSender(ClusterProof proof) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(ClusterProof.ContextKey, proof.Create());
        return context.Invoke();
    }
}
