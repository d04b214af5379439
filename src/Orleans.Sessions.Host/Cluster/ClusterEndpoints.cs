using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// The addresses at which the silo listens for other silos and for clients of the cluster. Anyone who reaches these ports and is not
/// stopped by mutual TLS is part of the cluster and may do everything. So the ports are on loopback unless an address is configured.
/// </summary>
internal static class ClusterEndpoints
{
    /// <summary>
    /// The address of this machine, or a name that stands for one, at which the other nodes reach this one. Its ports are the cluster: keep
    /// everybody but the nodes away from them. None: loopback. Without PostgreSQL the service does not start with an address.
    /// </summary>
    /// <value>none</value>
    public const string AddressKey = "Sessions:Cluster:Address";

    /// <summary>Binds the ports to the configured address, or to loopback.</summary>
    /// <exception cref="InvalidOperationException">The configured value is not a valid address.</exception>
    public static void BindClusterPorts(this ISiloBuilder silo)
    {
        var address = Address(silo.Configuration[AddressKey]);
        silo.Configure<EndpointOptions>(options =>
        {
            if (address is not null)
            {
                options.AdvertisedIPAddress = address;
            }

            // Without an address, Orleans would open the ports on a network address that it finds by itself.
            if (options.AdvertisedIPAddress is null)
            {
                options.AdvertisedIPAddress = IPAddress.Loopback;
            }
        });
        silo.Services.AddSingleton<IHostedService, ClusterPortsWarning>();
    }

    /// <summary>Refuses an address for a node that is alone: whoever sets one expects a cluster.</summary>
    /// <exception cref="InvalidOperationException">An address is configured.</exception>
    public static void EnsureNoAddress(IConfiguration configuration)
    {
        if (configuration[AddressKey] is { Length: > 0 })
        {
            throw new InvalidOperationException(
                $"{AddressKey} is for a cluster, and the embedded database serves one node. "
                    + "Set ConnectionStrings:Sessions for a cluster on PostgreSQL, or remove the address."
            );
        }
    }

    private static IPAddress? Address(string? configured)
    {
        if (string.IsNullOrEmpty(configured))
        {
            return null;
        }

        try
        {
            var address = IPAddress.TryParse(configured, out var literal) ? literal : Dns.GetHostAddresses(configured).FirstOrDefault();
            return address is not null && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
                ? address
                : throw new InvalidOperationException(
                    $"{AddressKey}: '{configured}' is no address at which other nodes could reach this one."
                );
        }
        catch (SocketException exception)
        {
            throw new InvalidOperationException($"{AddressKey}: '{configured}' is neither an address nor a name that is known.", exception);
        }
    }
}
