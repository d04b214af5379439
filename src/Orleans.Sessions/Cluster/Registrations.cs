using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Tells whether the cluster's directory still leads to an activation. The directory moves its parts whenever a node joins, leaves or dies,
/// and recovers a part of a dead node from what the other nodes have. An entry that is made at the same moment can be lost, and the next
/// caller then makes a second activation. Both would answer for as long as they are called.
/// </summary>
internal sealed class Registrations(IServiceProvider services)
{
    /// <summary>Only a cluster has a directory that can be asked, and only a cluster asks.</summary>
    private IGrainDirectory Directory => services.GetRequiredKeyedService<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY);

    /// <summary>
    /// Whether the directory leads to this activation. Fails with <c>SESSION-Clust</c> if the directory does not answer.
    /// </summary>
    public async Task<bool> LeadToAsync(IGrainContext activation)
    {
        try
        {
            return (await Directory.Lookup(activation.GrainId))?.ActivationId == activation.ActivationId;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or OperationCanceledException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }
}
