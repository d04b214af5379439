namespace Orleans.Sessions.Cluster;

/// <summary>
/// Marks a method of an open interface (<see cref="OpenToClusterClientsAttribute"/>) that gives rights or credentials to a caller. Only
/// processes that hold the master key may call it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HostsOnlyAttribute : Attribute;
