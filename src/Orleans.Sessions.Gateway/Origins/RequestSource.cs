using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>
/// Which address a request comes from: the peer's, or behind trusted proxies the last address in <c>X-Forwarded-For</c>, else in <c>Forwarded</c> (RFC 7239), that is
/// not a trusted proxy's. Proxies append what they see, so what stands before that one may be anybody's invention.
/// </summary>
internal sealed class RequestSource(IOptions<PublicOriginOptions> options)
{
    /// <summary>More proxies than any request passes.</summary>
    private const int MaxHops = 20;

    private readonly TrustedProxies _trusted = new(options.Value);

    /// <summary>The address, IPv4 in its own form; <c>null</c>: the request came by a socket of this machine and nothing says from where.</summary>
    public IPAddress? Of(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        if (!_trusted.Contains(peer))
        {
            return Plain(peer!);
        }

        var headers = http.Request.Headers;
        var said = headers["X-Forwarded-For"] is { Count: > 0 } list ? Last(peer, list.ToString(), isStandard: false)
            : headers["Forwarded"] is { Count: > 0 } elements ? Last(peer, elements.ToString(), isStandard: true)
            : peer;
        return said is null ? null : Plain(said);
    }

    /// <summary>As long as an address is trusted, the one before it in the list is believed.</summary>
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
                // What the proxy cannot or will not tell leaves the proxy itself.
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

    /// <summary>An address with or without a port; numbers alone, which could be read as one, are none.</summary>
    private static IPAddress? Address(ReadOnlySpan<char> text) =>
        (text.Contains(':') || text.Count('.') == 3) && IPEndPoint.TryParse(text, out var endpoint) ? endpoint.Address : null;

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;
}
