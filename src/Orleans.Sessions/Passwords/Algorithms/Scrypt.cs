using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// scrypt (RFC 7914): <c>$scrypt$ln=16,r=8,p=1$salt$hash</c> in base64 without padding, and passlib's <c>$7$</c>, which packs the costs into
/// eleven characters and uses the salt as it is written.
/// </summary>
internal sealed partial class Scrypt : IPasswordAlgorithm
{
    public const int BlockSize = 8;

    private const int HashBytes = 32;

    public static string Parameters(int logN, int blockSize, int lanes) => $"scrypt,ln={logN},r={blockSize},p={lanes}";

    public static string Encode(byte[] password, byte[] salt, int logN) =>
        $"$scrypt$ln={logN},r={BlockSize},p=1${Unpadded.Encode(salt)}${Unpadded.Encode(SCrypt.Generate(password, salt, 1 << logN, BlockSize, 1, HashBytes))}";

    public EncodedPassword? Parse(string encoded)
    {
        if (Modern().Match(encoded) is { Success: true } modern)
        {
            return Checked(
                Number(modern, "ln"), Number(modern, "r"), Number(modern, "p"),
                Unpadded.Decode(modern.Groups["salt"].Value), Unpadded.Decode(modern.Groups["hash"].Value));
        }

        if (Packed().Match(encoded) is { Success: true } packed)
        {
            return Checked(
                CryptBase64.CryptValue(packed.Groups["ln"].Value[0]), Packed30(packed.Groups["r"].Value), Packed30(packed.Groups["p"].Value),
                Encoding.ASCII.GetBytes(packed.Groups["salt"].Value), CryptBase64.CryptDecode(packed.Groups["hash"].Value));
        }

        return null;
    }

    /// <summary>Memory is 128 bytes times block size times N: at most a gigabyte with these bounds.</summary>
    private static EncodedPassword? Checked(int logN, int blockSize, int lanes, byte[]? salt, byte[]? hash) =>
        logN is >= 14 and <= 20 && blockSize is >= 1 and <= 8 && lanes is >= 1 and <= 4
        && salt is { Length: >= 1 and <= 64 } && hash is { Length: >= 16 and <= 64 }
            ? new EncodedPassword(
                hash, password => SCrypt.Generate(password, salt, 1 << logN, blockSize, lanes, hash.Length), Parameters(logN, blockSize, lanes))
            : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int Packed30(string text) =>
        text.Select((character, index) => CryptBase64.CryptValue(character) << (6 * index)).Sum();

    [GeneratedRegex(@"^\$scrypt\$ln=(?<ln>\d{1,2}),r=(?<r>\d{1,4}),p=(?<p>\d{1,4})\$(?<salt>[A-Za-z0-9+/.]+)\$(?<hash>[A-Za-z0-9+/.]+)\z")]
    private static partial Regex Modern();

    [GeneratedRegex(@"^\$7\$(?<ln>[./0-9A-Za-z])(?<r>[./0-9A-Za-z]{5})(?<p>[./0-9A-Za-z]{5})(?<salt>[^$]{1,64})\$(?<hash>[./0-9A-Za-z]{43})\z")]
    private static partial Regex Packed();
}
