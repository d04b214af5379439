namespace Orleans.Sessions.Cluster;

/// <summary>
/// Marks a grain interface that any client of the cluster may call. Only processes that hold the master key may call all other interfaces:
/// silos, and hosts with the role <c>gateway</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class OpenToClusterClientsAttribute : Attribute;
