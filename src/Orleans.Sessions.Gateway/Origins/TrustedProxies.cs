using System.Collections.Immutable;
using System.Net;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>
/// The peers whose headers about the origin and the source of a request are trusted: this machine, unless that is switched off, and the
/// configured proxies.
/// </summary>
internal sealed class TrustedProxies(PublicOriginOptions options)
{
    private readonly ImmutableArray<IPNetwork> _networks =
    [
        .. options.TrustedProxies.Select(text => PublicOriginOptions.TryParse(text, out var network) ? network : default),
    ];

    /// <summary>Whether the peer is trusted. Without an address the connection is a socket of this machine.</summary>
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
