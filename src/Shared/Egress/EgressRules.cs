using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Egress;

/// <summary>
/// Whether this service connects to somewhere. Administrators and providers name addresses, and must not reach by us what only we can reach: this machine, the network
/// around it, the cloud's metadata. What the operator configures is trusted.
/// </summary>
internal sealed class EgressRules
{
    private readonly bool _allowsLoopback;
    private readonly IReadOnlySet<(string Host, int Port)> _configured;
    private readonly ImmutableArray<IPNetwork> _networks;
    private readonly FrozenSet<string> _hosts;

    /// <summary>Made once per process.</summary>
    public EgressRules(IOptions<EgressOptions> options)
    {
        _allowsLoopback = options.Value.AllowLoopback ?? true;
        _configured = options.Value.Configured;
        _networks = [.. options.Value.Allowed.Where(text => EgressOptions.IsNetwork(text, out _)).Select(Network)];
        _hosts = options.Value.Allowed.Where(text => !EgressOptions.IsNetwork(text, out _)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

        static IPNetwork Network(string text) => EgressOptions.IsNetwork(text, out var network) ? network : default;
    }

    /// <summary>Whether requests may go there as far as the address tells: with TLS, or to where nobody else listens or the operator wants it.</summary>
    public bool AllowsScheme(Uri uri) => uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (IsLoopback(uri.IdnHost) || IsChosen(uri.IdnHost, uri.Port)));

    /// <summary>Whether connections may be made to this host at this address, which its name has just been resolved to.</summary>
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
