using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Whether the cluster's directory leads to an activation. The directory moves its parts whenever a node joins, leaves or dies, and
/// recovers a part of a dead node from what the other nodes have. An entry that is made at the same moment can be lost, and the next caller
/// then makes a second activation. Both would answer for as long as they are called, and each would acknowledge what the other one does not
/// hear of.
/// <para>
/// So an activation asks the directory: once when the members have settled, before it believes its memory again, and until then before each
/// change. An activation that is lost ends.
/// </para>
/// </summary>
/// <param name="activation">The activation.</param>
/// <param name="fence">What this node knows of the members.</param>
/// <param name="services">Have the directory. Only a cluster has one that can be asked, and only a cluster asks.</param>
internal sealed class GrainRegistration(IGrainContext activation, TakeoverFence fence, IServiceProvider services)
{
    /// <summary>The epoch in which the directory led here. A new activation has just been registered.</summary>
    private long _foundIn = fence.Epoch;

    /// <summary>Whether the directory led elsewhere, or nowhere. It never leads here again.</summary>
    private bool _isLost;

    /// <summary>
    /// Whether everything that this activation ought to be told does reach it. Otherwise nothing that it keeps in memory counts: another
    /// activation may have been told instead.
    /// </summary>
    public bool HearsAll => HasHeardAllSince(fence.Epoch);

    /// <summary>Whether what this activation read or heard in this epoch still counts.</summary>
    public bool HasHeardAllSince(long epoch) =>
        !_isLost && _foundIn == epoch && fence.IsCurrent(epoch) && fence.HasRead(activation.Address.MembershipVersion);

    /// <summary>
    /// Call it before reading what will be believed. Returns whether the directory leads to this activation. Until the members have
    /// settled nothing is believed, so the directory is not asked. What still comes to a lost activation must be answered from the
    /// database. Fails with <c>SESSION-Clust</c> if the directory does not answer.
    /// </summary>
    public ValueTask<bool> ConfirmAsync() => fence.IsSettling ? new(!_isLost) : IsFoundAsync();

    /// <summary>
    /// Call it before a change of the activation's data. Fails with <c>SESSION-Clust</c> if this activation is lost: another one, which
    /// believes its memory already, would not know of the change.
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

    /// <summary>While the members settle, an entry that is still there can be lost later. So then no answer is believed for long.</summary>
    private async ValueTask<bool> IsFoundAsync()
    {
        var epoch = fence.Epoch;
        if (_isLost || (_foundIn == epoch && fence.IsCurrent(epoch)))
        {
            return !_isLost;
        }

        if (await LeadsHereAsync())
        {
            _foundIn = epoch;
            return true;
        }

        _isLost = true;
        activation.Deactivate(new(DeactivationReasonCode.ApplicationError, "the directory has lost this activation"));
        return false;
    }

    private async Task<bool> LeadsHereAsync()
    {
        try
        {
            var directory = services.GetRequiredKeyedService<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY);
            return (await directory.Lookup(activation.GrainId))?.ActivationId == activation.ActivationId;
        }
        catch (Exception)
        {
            // The directory reads the members in the database, so it can fail with any error that a database has.
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }
}
