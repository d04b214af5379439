namespace Orleans.Sessions.Cluster;

/// <summary>
/// A method of an open interface (<see cref="OpenToClusterClientsAttribute"/>) that gives rights or credentials of a caller: only processes that hold
/// the master key may call it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HostsOnlyAttribute : Attribute;
