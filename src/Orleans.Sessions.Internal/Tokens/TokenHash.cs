using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions;

/// <summary>Hashes and compares random tokens.</summary>
public static class TokenHash
{
    /// <summary>The SHA-256 hash of a token, 32 bytes.</summary>
    public static byte[] Of(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether <paramref name="token"/> has this hash, in constant time.</summary>
    public static bool Matches(ReadOnlySpan<byte> hash, string token)
    {
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = Encoding.UTF8.GetByteCount(token);
        var buffer = bytes <= 512 ? stackalloc byte[bytes] : new byte[bytes];
        Encoding.UTF8.GetBytes(token, buffer);
        SHA256.HashData(buffer, actual);
        return CryptographicOperations.FixedTimeEquals(hash, actual);
    }
}
