using System.Collections.Immutable;
using System.Net;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>Whose word about where a request came from and where it went is believed: this machine's own, unless it is not to be, and that of the configured proxies.</summary>
internal sealed class TrustedProxies(PublicOriginOptions options)
{
    private readonly ImmutableArray<IPNetwork> _networks =
        [.. options.TrustedProxies.Select(text => PublicOriginOptions.TryParse(text, out var network) ? network : default)];

    /// <summary>Whether this is one of them. Without an address the connection is a socket of this machine.</summary>
    public bool Contains(IPAddress? peer)
    {
        if (peer is null)
        {
            return options.TrustLoopback;
        }

        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return (options.TrustLoopback && IPAddress.IsLoopback(address)) || _networks.Any(network => network.Contains(address));
    }
}
