using System.Net;
using System.Net.Sockets;

namespace Orleans.Sessions;

/// <summary>The address that what happens to a session is counted against.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// The address of the person behind a call: the one that a login frontend passes in the session's user agent, and never the frontend's own, which stands for everybody
    /// who logs in there; of any other caller the address that the call came from. <c>null</c>: nobody says.
    /// </summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="source">Where the call came from.</param>
    /// <param name="agent">The user agent of the session that the call is about.</param>
    public static string? Of(Caller caller, string? source, UserAgent? agent)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.IsLoginFrontend ? agent?.Ip : source;
    }

    /// <summary>
    /// What stands for everybody at an address: itself, or of IPv6 the first 64 bits, because whoever has one such address has all that begin like it.
    /// A text that is no address stands for itself.
    /// </summary>
    public static string Network(string address) => IPAddress.TryParse(address, out var parsed) ? Network(parsed) : address;

    /// <summary>As the other one, for an address.</summary>
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
