using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>A vote of a member that cannot reach another member and wants the cluster to declare it dead.</summary>
/// <param name="By">The member that voted.</param>
/// <param name="Time">The time of the vote, by that member's clock. Another vote has another time.</param>
public readonly record struct DeathVote(SiloAddress By, string Time);
