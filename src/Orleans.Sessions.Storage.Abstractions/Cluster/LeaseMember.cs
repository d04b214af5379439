using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>A node as the membership table shows it.</summary>
/// <param name="Silo">The address of the node.</param>
/// <param name="Status">The status of the node in the cluster.</param>
/// <param name="Renewals">How often the node renewed its lease. After its death this number never changes, because a renewal and a vote
/// never run at the same time.</param>
/// <param name="Length">The length of its lease; <c>null</c> if the node never had a lease.</param>
/// <param name="IsOver">Whether its lease is known to be over: the node recorded it when it left, or another node waited for the
/// end.</param>
public sealed record LeaseMember(SiloAddress Silo, SiloStatus Status, long Renewals, TimeSpan? Length, bool IsOver)
{
    /// <summary>The votes against the node.</summary>
    public ImmutableArray<DeathVote> Votes { get; init; } = [];
}
