using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// The portable hashes of phpass, used by old WordPress (<c>$P$</c>) and phpBB (<c>$H$</c>): iterated MD5. Only verified: after a right
/// password the service stores a stronger hash.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "Hashes that already exist elsewhere can only be verified the way they were made.")]
internal sealed partial class Phpass : IPasswordAlgorithm
{
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

        var salt = Encoding.ASCII.GetBytes(match.Groups["salt"].Value);
        return new EncodedPassword(
            CryptBase64.CryptDecode(match.Groups["hash"].Value),
            password => Compute(password, salt, cost),
            $"phpass,{cost}",
            length => HashCost.Of("phpass", 1 << cost, 620 + (2.2 * length))
        );
    }

    private static byte[] Compute(byte[] password, byte[] salt, int cost)
    {
        var digest = MD5.HashData([.. salt, .. password]);
        var buffer = new byte[digest.Length + password.Length];
        password.CopyTo(buffer, digest.Length);
        for (var round = 0; round < 1 << cost; round++)
        {
            digest.CopyTo(buffer, 0);
            MD5.HashData(buffer, digest);
        }

        return digest;
    }

    [GeneratedRegex(@"^\$[PH]\$(?<cost>[./0-9A-Za-z])(?<salt>[./0-9A-Za-z]{8})(?<hash>[./0-9A-Za-z]{22})\z")]
    private static partial Regex Encoded();
}
