using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// bcrypt: <c>$2b$12$</c> and 22 characters of salt, 31 of hash; <c>2a</c> and <c>2y</c> mean the same. bcrypt reads only the first 72
/// bytes of a password including the closing NUL, here as in the system that made the hash. Such hashes are only verified: new hashes are
/// <see cref="BcryptSha256"/>.
/// </summary>
internal sealed partial class Bcrypt : IPasswordAlgorithm
{
    public const int SaltBytes = 16;

    private const int HashBytes = 23;
    private const int MaxPasswordBytes = 72;
    private const double NanosecondsPerRound = 72_000;

    /// <summary>Two to the power of <paramref name="cost"/> rounds.</summary>
    public static HashCost Cost(int cost) => HashCost.Of("bcrypt", Math.ScaleB(1, cost), NanosecondsPerRound, 8192);

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoding().Match(encoded);
        return match.Success
            ? Read(match.Groups["cost"].Value, match.Groups["salt"].Value, match.Groups["hash"].Value, "bcrypt", password => [.. password])
            : null;
    }

    /// <summary>Reads a hash from its parts; <c>null</c> if bcrypt has no such cost.</summary>
    /// <param name="cost">The cost, in decimal.</param>
    /// <param name="salt">The salt, encoded.</param>
    /// <param name="hash">The hash, encoded.</param>
    /// <param name="kind">The name of the variant.</param>
    /// <param name="prepare">What the variant does to a password before bcrypt.</param>
    public static EncodedPassword? Read(string cost, string salt, string hash, string kind, Func<byte[], byte[]> prepare)
    {
        var rounds = int.Parse(cost, CultureInfo.InvariantCulture);
        var saltBytes = CryptBase64.BcryptDecode(salt, SaltBytes);
        return rounds is < 4 or > 31
            ? null
            : new EncodedPassword(
                CryptBase64.BcryptDecode(hash, HashBytes),
                password => Compute(prepare(password), saltBytes, rounds),
                $"{kind},{rounds}",
                Cost(rounds)
            );
    }

    /// <summary>The hash of <paramref name="password"/>, which is cleared.</summary>
    public static byte[] Compute(byte[] password, byte[] salt, int cost)
    {
        var significant = password.Length > MaxPasswordBytes ? password[..MaxPasswordBytes] : password;
        try
        {
            return BCrypt.Generate(significant, salt, cost, addTerminator: significant.Length < MaxPasswordBytes)[..HashBytes];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(significant);
            CryptographicOperations.ZeroMemory(password);
        }
    }

    [GeneratedRegex(@"^\$2[aby]\$(?<cost>[0-9]{2})\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z")]
    private static partial Regex Encoding();
}
