using System.Net;
using System.Net.Sockets;

namespace Orleans.Sessions;

/// <summary>The address by which the events of a session are counted.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// The address of the person behind a call. For a login frontend, it is the address that the frontend passes in the session's user
    /// agent, never the frontend's own, because everybody who logs in there would share that. For any other caller, it is the address from
    /// which the call came. <c>null</c> if the address is not known.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="source">The address from which the call came.</param>
    /// <param name="agent">The user agent of the session that the call is about.</param>
    public static string? Of(Caller caller, string? source, UserAgent? agent)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.IsLoginFrontend ? agent?.Ip : source;
    }

    /// <summary>
    /// The network by which an address is counted. An IPv4 address stands for itself. For IPv6, it is the first 64 bits, because the owner
    /// of one such address owns all addresses with the same beginning. A text that is not an address stands for itself.
    /// </summary>
    public static string Network(string address) => IPAddress.TryParse(address, out var parsed) ? Network(parsed) : address;

    /// <summary>Like the other overload, for a parsed address.</summary>
    public static string Network(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return $"{new IPAddress(bytes)}/{NetworkBytes * 8}";
    }
}
