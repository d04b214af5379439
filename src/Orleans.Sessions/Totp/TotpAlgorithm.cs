using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Orleans.Sessions.Totp;

/// <summary>
/// Time-based one-time passwords (RFC 6238) in the variant of authenticator apps: SHA-1, six digits, 30 seconds; one step early or late is
/// accepted.
/// </summary>
internal static class TotpAlgorithm
{
    private const int SecretBytes = 20;
    private const int Digits = 6;
    private const int StepSeconds = 30;
    private const int Tolerance = 1;

    /// <summary>A new secret, 20 bytes.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>
    /// The step of this code, which is the present step or one of its two neighbours; <c>null</c> if the code matches none of them. The
    /// caller must refuse a step that was used before.
    /// </summary>
    public static long? MatchingStep(byte[] secret, string code, DateTimeOffset now)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        var totp = new OtpNet.Totp(secret, StepSeconds, OtpHashMode.Sha1, Digits);
        var given = Encoding.ASCII.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        long? matching = null;
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
        {
            var expected = totp.ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds).UtcDateTime);
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), given))
            {
                matching = step;
            }
        }

        return matching;
    }

    /// <summary>The secret in the form that apps show.</summary>
    public static string Base32(byte[] secret) => Base32Encoding.ToString(secret).TrimEnd('=');

    /// <summary>
    /// The secret of a base32 text in any case, with or without spaces and padding; <c>null</c> if it is not base32 or does not have 10 to
    /// 64 bytes.
    /// </summary>
    public static byte[]? FromBase32(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal).TrimEnd('=').ToUpperInvariant();
        if (compact.Length == 0 || compact.Any(character => character is not ((>= 'A' and <= 'Z') or (>= '2' and <= '7'))))
        {
            return null;
        }

        return Base32Encoding.ToBytes(compact) is { Length: >= 10 and <= 64 } secret ? secret : null;
    }

    /// <summary>The <c>otpauth</c> URI that an app reads from a QR code.</summary>
    public static string EnrolmentUri(string issuer, string loginName, byte[] secret)
    {
        var name = Uri.EscapeDataString(issuer);
        return $"otpauth://totp/{name}:{Uri.EscapeDataString(loginName)}?algorithm=SHA1&digits={Digits}&issuer={name}"
            + $"&period={StepSeconds}&secret={Base32(secret)}";
    }
}
