using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>
/// The address that a request comes from. It is the peer's address or, behind trusted proxies, the last address in <c>X-Forwarded-For</c>,
/// else in <c>Forwarded</c> (RFC 7239), that is not a trusted proxy's. Proxies append what they see, so anyone could have written the
/// addresses before that one.
/// </summary>
internal sealed class RequestSource(IOptions<PublicOriginOptions> options)
{
    /// <summary>More proxies than any real request passes.</summary>
    private const int MaxHops = 20;

    private readonly TrustedProxies _trusted = new(options.Value);

    /// <summary>
    /// The address, with IPv4 in its own form; <c>null</c> if the request came through a socket of this machine and no header names an
    /// address.
    /// </summary>
    public IPAddress? Of(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        if (!_trusted.Contains(peer))
        {
            return Plain(peer);
        }

        var headers = http.Request.Headers;
        var said =
            headers["X-Forwarded-For"] is { Count: > 0 } list ? Last(peer, list.ToString(), isStandard: false)
            : headers["Forwarded"] is { Count: > 0 } elements ? Last(peer, elements.ToString(), isStandard: true)
            : peer;
        return Plain(said);
    }

    /// <summary>While an address is trusted, the address before it in the list counts.</summary>
    private IPAddress? Last(IPAddress? peer, ReadOnlySpan<char> list, bool isStandard)
    {
        var source = peer;
        for (var hop = 0; hop < MaxHops && !list.IsEmpty && _trusted.Contains(source); hop++)
        {
            var comma = list.LastIndexOf(',');
            var element = list[(comma + 1)..].Trim();
            list = comma < 0 ? default : list[..comma];
            if (Address(isStandard ? For(element) : element) is not { } address)
            {
                // If the proxy does not name an address, the proxy itself is the source.
                return source;
            }

            source = address;
        }

        return source;
    }

    /// <summary>The value of <c>for</c> in an element such as <c>for="[2001:db8::1]:4711";proto=https</c>.</summary>
    private static ReadOnlySpan<char> For(ReadOnlySpan<char> element)
    {
        foreach (var range in element.Split(';'))
        {
            var pair = element[range].Trim();
            if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
            {
                return pair["for=".Length..].Trim('"');
            }
        }

        return default;
    }

    /// <summary>An address with or without a port. A number alone could be read as an address, but it does not count as one.</summary>
    private static IPAddress? Address(ReadOnlySpan<char> text) =>
        (text.Contains(':') || text.Count('.') == 3) && IPEndPoint.TryParse(text, out var endpoint) ? endpoint.Address : null;

    private static IPAddress? Plain(IPAddress? address) =>
        address is null ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;
}
