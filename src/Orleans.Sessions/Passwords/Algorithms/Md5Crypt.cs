using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// MD5-crypt of crypt(3), 1000 rounds: <c>$1$salt$hash</c>, and Apache's variant <c>$apr1$salt$hash</c>. Only verified: after a right
/// password the service stores a stronger hash.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "Hashes that already exist elsewhere can only be verified the way they were made.")]
internal sealed partial class Md5Crypt : IPasswordAlgorithm
{
    private const int Rounds = 1000;

    private static readonly byte[] s_order = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var prefix = Encoding.ASCII.GetBytes(match.Groups["prefix"].Value);
        var salt = Encoding.ASCII.GetBytes(match.Groups["salt"].Value);
        return new EncodedPassword(
            Encoding.ASCII.GetBytes(match.Groups["hash"].Value),
            password => Encoding.ASCII.GetBytes(Compute(password, prefix, salt)),
            "md5crypt",
            length => HashCost.Of("md5crypt", Rounds, 900 + (4.5 * length))
        );
    }

    private static string Compute(byte[] password, byte[] prefix, byte[] salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(password);
        hash.AppendData(salt);
        hash.AppendData(password);
        var other = hash.GetHashAndReset();

        hash.AppendData(password);
        hash.AppendData(prefix);
        hash.AppendData(salt);
        for (var left = password.Length; left > 0; left -= other.Length)
        {
            hash.AppendData(other, 0, Math.Min(left, other.Length));
        }

        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            // The original implementation reads the first byte of an array that it has just cleared.
            hash.AppendData((bits & 1) != 0 ? "\0"u8 : password.AsSpan(0, 1));
        }

        var digest = hash.GetHashAndReset();
        for (var round = 0; round < Rounds; round++)
        {
            hash.AppendData(round % 2 == 1 ? password : digest);
            if (round % 3 != 0)
            {
                hash.AppendData(salt);
            }

            if (round % 7 != 0)
            {
                hash.AppendData(password);
            }

            hash.AppendData(round % 2 == 1 ? digest : password);
            digest = hash.GetHashAndReset();
        }

        return CryptBase64.CryptEncode(digest, s_order);
    }

    [GeneratedRegex(@"^(?<prefix>\$(1|apr1)\$)(?<salt>[^$]{0,8})\$(?<hash>[./0-9A-Za-z]{22})\z")]
    private static partial Regex Encoded();
}
