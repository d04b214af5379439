using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Orleans.Sessions.Testing;

/// <summary>
/// An authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds). It is a second implementation, so that the service is not checked against
/// its own code.
/// </summary>
public static class TotpCode
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>A new secret of 20 bytes, base32.</summary>
    public static string NewSecret() => string.Concat(RandomNumberGenerator.GetItems<char>(Alphabet, 32));

    /// <summary>The code of the current step.</summary>
    public static string Now(string secret) => At(secret, CurrentStep);

    /// <summary>The code of the next step, which is already accepted because clocks may differ a little.</summary>
    public static string Next(string secret) => At(secret, CurrentStep + 1);

    /// <summary>A code of a step that is too old to be accepted.</summary>
    public static string Outdated(string secret) => At(secret, CurrentStep - 10, notIn: Acceptable(secret));

    /// <summary>Six digits that are not an acceptable code.</summary>
    public static string Wrong(string secret)
    {
        var acceptable = Acceptable(secret);
        return Enumerable.Range(0, 10).Select(i => $"{i:D6}").First(code => !acceptable.Contains(code));
    }

    private static long CurrentStep => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / StepSeconds;

    private static HashSet<string> Acceptable(string secret) =>
        [.. Enumerable.Range(-2, 5).Select(offset => At(secret, CurrentStep + offset))];

    private static string At(string secret, long step, HashSet<string> notIn)
    {
        while (notIn.Contains(At(secret, step)))
        {
            step--;
        }

        return At(secret, step);
    }

    private static string At(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The standard says SHA-1.
        var hash = HMACSHA1.HashData(FromBase32(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var c in text.TrimEnd('='))
        {
            (buffer, bits) = (((buffer << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal)) & 0xFFFF, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
