using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>Logs a warning at the start if the ports of the cluster are open to a network without TLS, and explains the danger.</summary>
internal sealed partial class ClusterPortsWarning(
    IOptions<EndpointOptions> endpoints,
    IConfiguration configuration,
    ILogger<ClusterPortsWarning> log
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = endpoints.Value;
        var silo = options.SiloListeningEndpoint ?? new IPEndPoint(options.AdvertisedIPAddress, options.SiloPort);
        var gateway = options.GatewayListeningEndpoint ?? new IPEndPoint(options.AdvertisedIPAddress, options.GatewayPort);
        if (
            !configuration.HasSessionsTls()
            && (!IPAddress.IsLoopback(silo.Address) || (gateway.Port != 0 && !IPAddress.IsLoopback(gateway.Address)))
        )
        {
            PortsAreOpen(log, silo, gateway, ClusterTlsOptions.Section);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        LogLevel.Warning,
        "The cluster's ports {SiloEndpoint} and {GatewayEndpoint} are open to the network WITHOUT TLS. Whoever reaches them is part of the "
            + "cluster: they can read and change every user, session and token, and make themselves administrator. Close these ports to "
            + "everybody but the nodes, or configure mutual TLS ({Section})"
    )]
    private static partial void PortsAreOpen(ILogger log, IPEndPoint siloEndpoint, IPEndPoint gatewayEndpoint, string section);
}
