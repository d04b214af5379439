using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// A single MD5: 32 hexadecimal digits, or <c>$md5salted-suffix$salt$base64</c> of password and salt, or <c>$md5salted-prefix$</c> of salt
/// and password. Only verified: after a right password the service stores a stronger hash.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "Hashes that already exist elsewhere can only be verified the way they were made.")]
internal sealed partial class PlainMd5 : IPasswordAlgorithm
{
    private static readonly HashCost s_cost = HashCost.Of("md5", 1, 10_000);

    public EncodedPassword? Parse(string encoded)
    {
        if (Plain().IsMatch(encoded))
        {
            return new EncodedPassword(Convert.FromHexString(encoded), MD5.HashData, "md5plain", s_cost);
        }

        var match = Salted().Match(encoded);
        if (!match.Success || Unpadded.Decode(match.Groups["hash"].Value) is not { Length: MD5.HashSizeInBytes } hash)
        {
            return null;
        }

        var salt = Encoding.UTF8.GetBytes(match.Groups["salt"].Value);
        return match.Groups["kind"].Value == "suffix"
            ? new EncodedPassword(hash, password => MD5.HashData([.. password, .. salt]), "md5salted-suffix", s_cost)
            : new EncodedPassword(hash, password => MD5.HashData([.. salt, .. password]), "md5salted-prefix", s_cost);
    }

    [GeneratedRegex(@"^[0-9a-fA-F]{32}\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\$md5salted-(?<kind>suffix|prefix)\$(?<salt>[^$]{1,128})\$(?<hash>[A-Za-z0-9+/]+={0,2})\z")]
    private static partial Regex Salted();
}
