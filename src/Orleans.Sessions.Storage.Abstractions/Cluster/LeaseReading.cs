using System.Collections.Immutable;

namespace Orleans.Sessions.Cluster;

/// <summary>The state of the cluster that a renewal of the lease read, all from one moment.</summary>
/// <param name="IsMember">Whether this node is a member and nobody voted it out. Otherwise the lease was not renewed.</param>
/// <param name="Version">The version of the membership.</param>
/// <param name="Members">The nodes that are members, or were members lately.</param>
public sealed record LeaseReading(bool IsMember, long Version, ImmutableArray<LeaseMember> Members);
