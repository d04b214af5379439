using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Warns if another machine has a silo at the same loopback address. Each of the two silos would take the other one for an earlier run of
/// itself, and would vote it out. Nodes on several machines need <see cref="ClusterEndpoints.AddressKey"/>.
/// </summary>
internal sealed partial class SharedLoopbackWarning(
    IOptions<EndpointOptions> endpoints,
    MembershipDirectory members,
    ILogger<SharedLoopbackWarning> log
) : IStartupTask
{
    public async Task Execute(CancellationToken cancellationToken)
    {
        var silo = new IPEndPoint(endpoints.Value.AdvertisedIPAddress, endpoints.Value.SiloPort);
        if (!IPAddress.IsLoopback(silo.Address))
        {
            return;
        }

        foreach (var machine in await members.MachinesAtAsync(silo, cancellationToken))
        {
            if (!string.Equals(machine, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase))
            {
                IsThere(log, machine, silo, ClusterEndpoints.AddressKey);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "This node and a node on the machine {Machine} have the same address in the cluster, {Endpoint}, which others cannot reach. "
            + "If both run, each stops the other: set {Key} on both"
    )]
    private static partial void IsThere(ILogger log, string machine, IPEndPoint endpoint, string key);
}
