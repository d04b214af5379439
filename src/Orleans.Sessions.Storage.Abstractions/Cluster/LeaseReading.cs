using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>The state of the cluster that a renewal of the lease read, all from one moment.</summary>
/// <param name="IsMember">Whether this node is a member and nobody voted it out. Otherwise the lease was not renewed.</param>
/// <param name="Version">The version of the membership.</param>
/// <param name="Members">The nodes that are members, or were members lately.</param>
public sealed record LeaseReading(bool IsMember, long Version, ImmutableArray<LeaseMember> Members);

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

/// <summary>A vote of a member that cannot reach another member and wants the cluster to declare it dead.</summary>
/// <param name="By">The member that voted.</param>
/// <param name="Time">The time of the vote, by that member's clock. Another vote has another time.</param>
public readonly record struct DeathVote(SiloAddress By, string Time);
