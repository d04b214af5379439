namespace Orleans.Sessions.Cluster;

/// <summary>
/// Any client of the cluster may call the grains with this interface. All other interfaces are for processes that hold the master key: silos, and
/// hosts of role <c>gateway</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class OpenToClusterClientsAttribute : Attribute;
