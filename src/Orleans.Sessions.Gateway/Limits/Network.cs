using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// The unit that counts as one source: an IPv4 address, or the first 64 bits of an IPv6 address, as
/// <see cref="ClientAddress.Network(IPAddress)"/> writes it.
/// </summary>
/// <param name="Bits">The address or its first bits; 0 for a socket of this machine.</param>
/// <param name="IsLong">Whether the address is IPv6.</param>
internal readonly record struct Network(ulong Bits, bool IsLong)
{
    /// <summary>The network of an address, without an allocation.</summary>
    public static Network Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes), false)
            : address.IsIPv4MappedToIPv6 ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), false)
            : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), true);
    }
}
