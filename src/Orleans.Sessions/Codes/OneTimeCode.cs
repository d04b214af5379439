using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Codes;

/// <summary>
/// Codes that people read and type. Every symbol is equally likely. The stored value is a keyed hash for one purpose, such as
/// one session's SMS code: without the master key it reveals nothing, and for any other purpose it is worthless.
/// </summary>
internal static class OneTimeCode
{
    private const int OtpDigits = 8;
    private const int TextLength = 6;
    private const string Digits = "0123456789";
    private const string DigitsAndCapitals = Digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>A code of eight digits.</summary>
    public static string NewOtp() => RandomNumberGenerator.GetString(Digits, OtpDigits);

    /// <summary>A code of six digits and capital letters.</summary>
    public static string NewText() => RandomNumberGenerator.GetString(DigitsAndCapitals, TextLength);

    /// <summary>The stored hash of <paramref name="code"/>.</summary>
    public static ImmutableArray<byte> Hash(SecretProtector secrets, string purpose, string code) =>
        [.. secrets.Mac(Encoding.UTF8.GetBytes($"code\n{purpose}\n{code}"))];

    /// <summary>Whether <paramref name="code"/> matches the stored hash, in constant time.</summary>
    public static bool Matches(SecretProtector secrets, string purpose, string code, ImmutableArray<byte> hash) =>
        CryptographicOperations.FixedTimeEquals(Hash(secrets, purpose, code).AsSpan(), hash.AsSpan());
}
