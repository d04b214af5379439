using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// bcrypt: <c>$2b$12$</c> and 22 characters of salt, 31 of hash; <c>2a</c> and <c>2y</c> mean the same. It reads a password's first 72
/// bytes including the closing NUL; what comes after does not count, here as in other implementations.
/// </summary>
internal sealed partial class Bcrypt : IPasswordAlgorithm
{
    private const int SaltBytes = 16;
    private const int HashBytes = 23;
    private const int MaxPasswordBytes = 72;

    public static string Parameters(int cost) => $"bcrypt,{cost}";

    public static string Encode(byte[] password, int cost)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"$2b${cost:00}${CryptBase64.BcryptEncode(salt)}{CryptBase64.BcryptEncode(Compute(password, salt, cost))}";
    }

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoding().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var cost = int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture);
        if (cost is < 10 or > 16)
        {
            return null;
        }

        var salt = CryptBase64.BcryptDecode(match.Groups["salt"].Value, SaltBytes);
        var hash = CryptBase64.BcryptDecode(match.Groups["hash"].Value, HashBytes);
        return new EncodedPassword(hash, password => Compute(password, salt, cost), Parameters(cost));
    }

    private static byte[] Compute(byte[] password, byte[] salt, int cost)
    {
        var significant = password.AsSpan(0, Math.Min(password.Length, MaxPasswordBytes)).ToArray();
        try
        {
            return BCrypt.Generate(significant, salt, cost, addTerminator: significant.Length < MaxPasswordBytes)[..HashBytes];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(significant);
        }
    }

    [GeneratedRegex(@"^\$2[aby]\$(?<cost>\d\d)\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z")]
    private static partial Regex Encoding();
}
