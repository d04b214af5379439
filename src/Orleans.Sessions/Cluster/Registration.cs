using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Whether the cluster's directory leads to an activation. The directory moves its parts whenever a node joins, leaves or dies, and
/// recovers a part of a dead node from what the other nodes have. An entry that is made at the same moment can be lost, and the next caller
/// then makes a second activation. Both would answer for as long as they are called, and each would acknowledge what the other one does not
/// hear of. So when the parts have moved, an activation asks the directory once, and ends if it is lost.
/// </summary>
/// <param name="activation">The activation.</param>
/// <param name="fence">What this node knows of the members.</param>
/// <param name="services">Have the directory. Only a cluster has one that can be asked, and only a cluster asks.</param>
internal sealed class Registration(IGrainContext activation, TakeoverFence fence, IServiceProvider services)
{
    /// <summary>The epoch in which the directory led here. A new activation has just been registered.</summary>
    private long? _foundIn = fence.IsMoving ? null : fence.Epoch;

    /// <summary>Whether the directory led elsewhere, or nowhere. It never leads here again.</summary>
    public bool IsLost { get; private set; }

    /// <summary>
    /// Whether everything that this activation ought to be told does reach it. Otherwise nothing that it keeps in memory counts: another
    /// activation may have been told instead.
    /// </summary>
    public bool HearsAll => HasHeardAllSince(fence.Epoch);

    /// <summary>Whether what this activation read or heard in this epoch still counts.</summary>
    public bool HasHeardAllSince(long epoch) =>
        !IsLost && fence.IsCurrent(epoch) && fence.HasRead(activation.Address.MembershipVersion);

    /// <summary>
    /// Whether the directory leads to this activation, or its parts still move and it cannot be believed. An activation that is lost ends.
    /// What still comes to it must be answered from the database. Fails with <c>SESSION-Clust</c> if the directory does not answer.
    /// </summary>
    public async ValueTask<bool> IsFoundAsync()
    {
        var epoch = fence.Epoch;
        if (IsLost || _foundIn == epoch || fence.IsMoving)
        {
            return !IsLost;
        }

        if (await LeadsHereAsync())
        {
            _foundIn = epoch;
            return true;
        }

        IsLost = true;
        activation.Deactivate(new(DeactivationReasonCode.ApplicationError, "the directory has lost this activation"));
        return false;
    }

    /// <summary>
    /// Call it before acknowledging a change, after it is in the database, and before acknowledging a report that other grains will not
    /// repeat. Fails with <c>SESSION-Clust</c> if the activation is lost: another one would not know of what this one acknowledges.
    /// </summary>
    public async ValueTask EnsureFoundAsync()
    {
        if (!await IsFoundAsync())
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    /// <summary>
    /// Returns when this activation may acknowledge a report that other grains will not repeat. Fails with <c>SESSION-Lease</c> or
    /// <c>SESSION-Clust</c> if it may not.
    /// </summary>
    public async ValueTask PassAsync()
    {
        await fence.PassAsync(activation);
        await EnsureFoundAsync();
    }

    private async Task<bool> LeadsHereAsync()
    {
        try
        {
            var directory = services.GetRequiredKeyedService<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY);
            return (await directory.Lookup(activation.GrainId))?.ActivationId == activation.ActivationId;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or OperationCanceledException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }
}
