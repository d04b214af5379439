using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// bcrypt over the base64 of an HMAC-SHA-256 of the password, keyed with the salt, in the format of passlib's <c>bcrypt_sha256</c> version
/// 2: <c>$bcrypt-sha256$v=2,t=2b,r=12$salt$hash</c>. Unlike bcrypt alone it reads every byte of a password.
/// </summary>
internal sealed partial class BcryptSha256 : IPasswordAlgorithm
{
    public static string Parameters(int cost) => $"bcrypt-sha256,{cost}";

    /// <summary>The cost of bcrypt; the cost of the HMAC is negligible.</summary>
    public static HashCost Cost(int cost) => Bcrypt.Cost(cost);

    public static string Encode(byte[] password, int cost)
    {
        var bytes = RandomNumberGenerator.GetBytes(Bcrypt.SaltBytes);
        var salt = CryptBase64.BcryptEncode(bytes);
        return $"$bcrypt-sha256$v=2,t=2b,r={cost}${salt}${CryptBase64.BcryptEncode(Bcrypt.Compute(Shorten(password, salt), bytes, cost))}";
    }

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var salt = match.Groups["salt"].Value;
        return Bcrypt.Read(match.Groups["cost"].Value, salt, match.Groups["hash"].Value, "bcrypt-sha256", password =>
            Shorten(password, salt)
        );
    }

    private static byte[] Shorten(byte[] password, string salt) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(salt), password)));

    [GeneratedRegex(@"^\$bcrypt-sha256\$v=2,t=2b,r=(?<cost>[0-9]{1,2})\$(?<salt>[./A-Za-z0-9]{22})\$(?<hash>[./A-Za-z0-9]{31})\z")]
    private static partial Regex Encoded();
}
