using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// The source of an answer as the user's record stores it: keyed hashes, so that the record does not reveal where people are. An IPv6
/// client controls a whole /64, so the /64 counts as one address.
/// </summary>
/// <param name="Address">The hash of the address.</param>
/// <param name="Device">The hash of the device; <c>null</c> if the request names no device.</param>
/// <param name="CallId">See <see cref="CheckOrigin.CallId"/>.</param>
internal sealed record AnswerSource(string Address, string? Device = null, string? CallId = null)
{
    /// <summary>
    /// Stands for an address if the request names none. All such answers count together, and this source never becomes known.
    /// </summary>
    public const string Nowhere = "-";

    /// <summary>Stands for an address if it does not matter where answers come from.</summary>
    public const string Anywhere = "*";

    private const int HashBytes = 9;
    private const int Ipv6PrefixBytes = 8;

    /// <summary>The source of an answer in a session.</summary>
    public static AnswerSource Of(CheckOrigin? origin, string userId, SecretProtector secrets) =>
        new(
            origin?.Address is { Length: > 0 } address ? Hash(secrets, userId, "address", Network(address)) : Nowhere,
            origin?.DeviceId is { Length: > 0 } device ? Hash(secrets, userId, "device", device) : null,
            origin?.CallId
        );

    /// <summary>The source of an answer that a caller gives outside a session.</summary>
    public static AnswerSource Of(Caller caller, string userId, SecretProtector secrets) =>
        new(Hash(secrets, userId, "caller", caller.UserId));

    private static string Hash(SecretProtector secrets, string userId, string kind, string value) =>
        Base64Url.EncodeToString(secrets.Mac(Encoding.UTF8.GetBytes($"source:{userId}\n{kind}\n{value}")).AsSpan(0, HashBytes));

    private static string Network(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return address;
        }

        parsed = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes))
            : parsed.ToString();
    }
}
