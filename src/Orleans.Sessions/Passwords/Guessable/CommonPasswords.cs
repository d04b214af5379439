using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>
/// The most common passwords, which an attacker therefore tries first. README.md beside this file says where the list comes
/// from. The list is read at its first use, and kept as sorted hashes of 64 bits: less than a megabyte.
/// </summary>
internal static class CommonPasswords
{
    private const string Resource = "Orleans.Sessions.Passwords.Guessable.common-passwords.txt.br";

    private static readonly Lazy<ulong[]> s_hashes = new(Load);

    /// <summary>
    /// Whether <paramref name="password"/> is in the list, ignoring case and any symbols before or after it. People add such symbols
    /// when a policy requires one, as in <c>Password123!</c>.
    /// </summary>
    public static bool Contain(string password)
    {
        var bare = password.AsSpan();
        while (bare.Length > 0 && !char.IsLetterOrDigit(bare[0]))
        {
            bare = bare[1..];
        }

        while (bare.Length > 0 && !char.IsLetterOrDigit(bare[^1]))
        {
            bare = bare[..^1];
        }

        return IsListed(password) || IsListed(bare.ToString());
    }

    /// <summary>All passwords of the list, in lower case.</summary>
    internal static IEnumerable<string> All()
    {
        using var packed = typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!;
        using var lines = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static bool IsListed(string text) => Array.BinarySearch(s_hashes.Value, Hash(text.ToLowerInvariant())) >= 0;

    private static ulong[] Load()
    {
        ulong[] hashes = [.. All().Select(Hash)];
        Array.Sort(hashes);
        return hashes;
    }

    private static ulong Hash(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
