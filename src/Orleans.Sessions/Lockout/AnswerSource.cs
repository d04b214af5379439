using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// Where an answer comes from, as the user's record knows it: keyed hashes, so that the record tells nobody where people are. An IPv6 client has
/// a whole /64 to itself and counts as one.
/// </summary>
/// <param name="Address">The address.</param>
/// <param name="Device">The device; <c>null</c>: nobody told.</param>
/// <param name="CallId">See <see cref="CheckOrigin.CallId"/>.</param>
internal sealed record AnswerSource(string Address, string? Device = null, string? CallId = null)
{
    /// <summary>The address when nobody told one: all such answers count together, and it never becomes known.</summary>
    public const string Nowhere = "-";

    /// <summary>The address when it does not matter where answers come from.</summary>
    public const string Anywhere = "*";

    private const int HashBytes = 9;
    private const int Ipv6PrefixBytes = 8;

    /// <summary>The source of a session's answer.</summary>
    public static AnswerSource Of(CheckOrigin? origin, string userId, SecretProtector secrets) => new(
        origin?.Address is { Length: > 0 } address ? Hash(secrets, userId, "address", Network(address)) : Nowhere,
        origin?.DeviceId is { Length: > 0 } device ? Hash(secrets, userId, "device", device) : null,
        origin?.CallId);

    /// <summary>The source of an answer that a caller gives outside a session.</summary>
    public static AnswerSource Of(Caller caller, string userId, SecretProtector secrets) => new(Hash(secrets, userId, "caller", caller.UserId));

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
