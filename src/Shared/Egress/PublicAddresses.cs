using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Orleans.Sessions.Egress;

/// <summary>
/// The addresses of the public internet: all addresses except those of IANA's special-purpose registries (RFC 6890) and the metadata
/// service of one cloud.
/// </summary>
internal static class PublicAddresses
{
    private static readonly ImmutableArray<IPNetwork> s_special =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Azure uses this public address for its platform services.
            "168.63.129.16/32",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork s_unicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether <paramref name="address"/> is on the public internet.</summary>
    public static bool Contain(IPAddress address) =>
        Plain(address) is var plain
        && (plain.AddressFamily == AddressFamily.InterNetwork || s_unicast.Contains(plain))
        && !s_special.Any(network => network.Contains(plain));

    /// <summary>The IPv4 address, if an IPv6 address contains one (RFC 4291 §2.5.5.2, RFC 6052); otherwise the address itself.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : s_translated.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12))
        : address;
}
