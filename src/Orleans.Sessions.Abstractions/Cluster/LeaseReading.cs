using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>What a renewal of the lease saw of the cluster, all at one moment.</summary>
/// <param name="IsMember">Whether this node is a member that nobody has voted out; only then its lease was renewed.</param>
/// <param name="Version">The version of the membership.</param>
/// <param name="Members">The nodes that are, or were lately, members.</param>
public sealed record LeaseReading(bool IsMember, long Version, ImmutableArray<LeaseMember> Members);

/// <summary>A node as the membership has it.</summary>
/// <param name="Silo">Its address.</param>
/// <param name="Status">What it is to the cluster.</param>
/// <param name="Renewals">How often it has renewed its lease. After its death this never changes: a renewal and a vote are never under way
/// together.</param>
/// <param name="Length">How long its lease is; <c>null</c>: it never had one.</param>
/// <param name="IsOver">Whether its lease is known to be over: it said so when it left, or somebody waited.</param>
public sealed record LeaseMember(SiloAddress Silo, SiloStatus Status, long Renewals, TimeSpan? Length, bool IsOver)
{
    /// <summary>The votes against it.</summary>
    public ImmutableArray<DeathVote> Votes { get; init; } = [];
}

/// <summary>A member does not reach another one, and so wants it to be dead.</summary>
/// <param name="By">Who has voted.</param>
/// <param name="Time">When, by that member's clock; another vote has another time.</param>
public readonly record struct DeathVote(SiloAddress By, string Time);
