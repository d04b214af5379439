using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// WordPress since 6.8: <c>$wp$2y$10$</c>, bcrypt over the base64 of an HMAC-SHA-384 of the password without white space at its ends. Only
/// verified: after a right password the service stores a hash in its own format.
/// </summary>
internal sealed partial class WordPressBcrypt : IPasswordAlgorithm
{
    /// <summary>What PHP's <c>trim</c> removes.</summary>
    private static readonly byte[] s_whiteSpace = [.. " \t\n\r\0\v"u8];

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        return match.Success
            ? Bcrypt.Read(match.Groups["cost"].Value, match.Groups["salt"].Value, match.Groups["hash"].Value, "wp-bcrypt", Shorten)
            : null;
    }

    private static byte[] Shorten(byte[] password) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA384.HashData("wp-sha384"u8, password.AsSpan().Trim(s_whiteSpace))));

    [GeneratedRegex(@"^\$wp\$2[aby]\$(?<cost>[0-9]{2})\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z")]
    private static partial Regex Encoded();
}
