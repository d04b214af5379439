using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// Drupal 7: phpass with SHA-512, cut to 55 characters: <c>$S$</c>, cost, salt, hash. <c>U$S$</c> is a hash of the MD5 that Drupal 6 had.
/// Only verified: after a right password the service stores a hash in its own format.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "Hashes that already exist elsewhere can only be verified the way they were made.")]
internal sealed partial class Drupal7 : IPasswordAlgorithm
{
    private const int HashCharacters = 43;
    private const int HexOfMd5 = 32;

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var cost = CryptBase64.CryptValue(match.Groups["cost"].Value[0]);
        if (cost is < 7 or > 30)
        {
            return null;
        }

        var isOfMd5 = match.Groups["md5"].Success;
        var salt = Encoding.ASCII.GetBytes(match.Groups["salt"].Value);
        return new EncodedPassword(
            Encoding.ASCII.GetBytes(match.Groups["hash"].Value),
            password => Encoding.ASCII.GetBytes(Compute(isOfMd5 ? Md5(password) : password, salt, cost)),
            $"drupal7,{cost}",
            length => HashCost.Of("drupal7", 1 << cost, 750 + (3.2 * (isOfMd5 ? HexOfMd5 : length)))
        );
    }

    private static byte[] Md5(byte[] password) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(password)));

    private static string Compute(byte[] password, byte[] salt, int cost)
    {
        var digest = SHA512.HashData([.. salt, .. password]);
        var buffer = new byte[digest.Length + password.Length];
        password.CopyTo(buffer, digest.Length);
        for (var round = 0; round < 1 << cost; round++)
        {
            digest.CopyTo(buffer, 0);
            SHA512.HashData(buffer, digest);
        }

        return CryptBase64.CryptEncode(digest)[..HashCharacters];
    }

    [GeneratedRegex(@"^(?<md5>U)?\$S\$(?<cost>[./0-9A-Za-z])(?<salt>[./0-9A-Za-z]{8})(?<hash>[./0-9A-Za-z]{43})\z")]
    private static partial Regex Encoded();
}
