using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Egress;

/// <summary>
/// Decides whether this service may connect to an address. Administrators and providers can configure addresses. Through this service, they
/// must not reach what only this service can reach: this machine, its network, the cloud's metadata. Addresses from the operator's
/// configuration are trusted.
/// </summary>
internal sealed class EgressRules
{
    private readonly bool _allowsLoopback;
    private readonly IReadOnlySet<(string Host, int Port)> _configured;
    private readonly ImmutableArray<IPNetwork> _networks;
    private readonly FrozenSet<string> _hosts;

    /// <summary>Creates the rules, once for each process.</summary>
    public EgressRules(IOptions<EgressOptions> options)
    {
        _allowsLoopback = options.Value.AllowLoopback ?? true;
        _configured = options.Value.Configured;
        _networks = [.. options.Value.Allowed.Where(text => EgressOptions.IsNetwork(text, out _)).Select(Network)];
        _hosts = options.Value.Allowed.Where(text => !EgressOptions.IsNetwork(text, out _)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

        static IPNetwork Network(string text) => EgressOptions.IsNetwork(text, out var network) ? network : default;
    }

    /// <summary>
    /// Whether the scheme of the address is allowed: TLS, or no TLS for loopback addresses and hosts that the operator allows.
    /// </summary>
    public bool AllowsScheme(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (IsLoopback(uri.IdnHost) || IsChosen(uri.IdnHost, uri.Port)));

    /// <summary>
    /// Whether connections may be made to this host at this address. The address is the result of resolving the host name a moment ago.
    /// </summary>
    public bool Allows(string host, int port, IPAddress address)
    {
        var plain = PublicAddresses.Plain(address);
        return IsChosen(host, port)
            || PublicAddresses.Contain(plain)
            || (_allowsLoopback && IPAddress.IsLoopback(plain))
            || _networks.Any(network => network.Contains(plain));
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private bool IsChosen(string host, int port) => _configured.Contains((host, port)) || _hosts.Contains(host);
}
