using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// SHA-crypt of crypt(3), as specified by Ulrich Drepper: <c>$5$rounds=5000$salt$hash</c> with SHA-256, <c>$6$</c> with SHA-512. It hashes
/// the password in every round.
/// </summary>
internal sealed partial class ShaCrypt : IPasswordAlgorithm
{
    private const int DefaultRounds = 5000;
    private const int MinRounds = 1000;

    private static readonly byte[] s_order256 =
    [
        20,
        10,
        0,
        11,
        1,
        21,
        2,
        22,
        12,
        23,
        13,
        3,
        14,
        4,
        24,
        5,
        25,
        15,
        26,
        16,
        6,
        17,
        7,
        27,
        8,
        28,
        18,
        29,
        19,
        9,
        30,
        31,
    ];

    private static readonly byte[] s_order512 = Order512();

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoding().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var is256 = match.Groups["kind"].Value == "5";
        var rounds = match.Groups["rounds"] is { Success: true, ValueSpan: var given }
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : DefaultRounds;
        var hash = match.Groups["hash"].Value;
        if (rounds < MinRounds || hash.Length != (is256 ? 43 : 86))
        {
            return null;
        }

        var salt = System.Text.Encoding.ASCII.GetBytes(match.Groups["salt"].Value);
        return new EncodedPassword(
            System.Text.Encoding.ASCII.GetBytes(hash),
            password => System.Text.Encoding.ASCII.GetBytes(Compute(is256, password, salt, rounds)),
            $"sha{(is256 ? 256 : 512)}crypt,{rounds}",
            length =>
                is256 ? HashCost.Of("sha256crypt", rounds, 700 + (1.4 * length)) : HashCost.Of("sha512crypt", rounds, 850 + (3.4 * length))
        );
    }

    private static string Compute(bool is256, byte[] password, byte[] salt, int rounds)
    {
        var algorithm = is256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
        using var hash = IncrementalHash.CreateHash(algorithm);
        var digest = First(hash, password, salt);

        for (var i = 0; i < password.Length; i++)
        {
            hash.AppendData(password);
        }

        var p = Repeat(hash.GetHashAndReset(), password.Length);
        for (var i = 0; i < 16 + digest[0]; i++)
        {
            hash.AppendData(salt);
        }

        var s = Repeat(hash.GetHashAndReset(), salt.Length);
        for (var round = 0; round < rounds; round++)
        {
            hash.AppendData(round % 2 == 1 ? p : digest);
            if (round % 3 != 0)
            {
                hash.AppendData(s);
            }

            if (round % 7 != 0)
            {
                hash.AppendData(p);
            }

            hash.AppendData(round % 2 == 1 ? digest : p);
            digest = hash.GetHashAndReset();
        }

        return CryptBase64.CryptEncode(digest, is256 ? s_order256 : s_order512);
    }

    private static byte[] First(IncrementalHash hash, byte[] password, byte[] salt)
    {
        hash.AppendData(password);
        hash.AppendData(salt);
        hash.AppendData(password);
        var other = hash.GetHashAndReset();

        hash.AppendData(password);
        hash.AppendData(salt);
        hash.AppendData(Repeat(other, password.Length));
        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            hash.AppendData((bits & 1) != 0 ? other : password);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Repeat(byte[] digest, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = digest[i % digest.Length];
        }

        return bytes;
    }

    private static byte[] Order512()
    {
        // Triples rotate through the three thirds of the digest.
        var order = new List<byte>();
        for (var i = 0; i < 21; i++)
        {
            byte[] triple = [(byte)i, (byte)(i + 21), (byte)(i + 42)];
            order.AddRange(
                (i % 3) switch
                {
                    0 => [triple[2], triple[1], triple[0]],
                    1 => [triple[0], triple[2], triple[1]],
                    _ => [triple[1], triple[0], triple[2]],
                }
            );
        }

        return [.. order, 63];
    }

    [GeneratedRegex(@"^\$(?<kind>[56])\$(rounds=(?<rounds>[0-9]{1,9})\$)?(?<salt>[^$]{0,16})\$(?<hash>[./0-9A-Za-z]+)\z")]
    private static partial Regex Encoding();
}
