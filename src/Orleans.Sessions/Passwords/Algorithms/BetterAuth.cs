using System.Text;
using System.Text.RegularExpressions;
using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// Better Auth: scrypt with fixed costs, as <c>salt:hash</c> in hexadecimal; the salt is used as written. Better Auth normalizes passwords
/// to NFKC. The service has NFC, which differs only for characters that stand for others, such as full-width letters.
/// </summary>
internal sealed partial class BetterAuth : IPasswordAlgorithm
{
    private const int LogN = 14;
    private const int BlockSize = 16;

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        return
            match.Success
            && Scrypt.Read(
                LogN,
                BlockSize,
                1,
                Encoding.ASCII.GetBytes(match.Groups["salt"].Value),
                Convert.FromHexString(match.Groups["hash"].ValueSpan)
            )
                is { } scrypt
            ? scrypt with
            {
                Compute = password => scrypt.Compute(Normalized(password)),
            }
            : null;
    }

    private static byte[] Normalized(byte[] password) => Encoding.UTF8.GetBytes(Nfc.Of(Encoding.UTF8.GetString(password)));

    [GeneratedRegex(@"^(?<salt>[0-9a-f]{32}):(?<hash>[0-9a-f]{128})\z")]
    private static partial Regex Encoded();
}
