using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// yescrypt of crypt(3), the default of today's Linux distributions: <c>$y$j9T$salt$hash</c>. The three characters are the flavor, of which
/// only <c>j</c> is in use, the cost as a power of two, and the block size. Only verified: after a right password the service stores a hash
/// in its own format.
/// </summary>
internal sealed partial class Yescrypt : IPasswordAlgorithm
{
    private const int HashBytes = 32;
    private const int MaxLogN = 30;
    private const int MaxBlockSize = 48;
    private const double NanosecondsPerBlock = 250;

    /// <summary>From this cost on, a hash of a 64th of the cost replaces the password first.</summary>
    private const int LargeLogN = 8;
    private const long LargeBlocks = 0x20000;
    private const int LessLogN = 6;

    /// <summary>Each block is written once; a third of them are read and written again.</summary>
    private static HashCost Cost(int logN, int blockSize)
    {
        var blocks = Math.ScaleB(1, logN) * blockSize;
        return HashCost.Of("yescrypt", blocks * 4 / 3, NanosecondsPerBlock, 128 * blocks);
    }

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var logN = CryptBase64.CryptValue(match.Groups["cost"].Value[0]) + 1;
        var blockSize = CryptBase64.CryptValue(match.Groups["size"].Value[0]) + 1;
        var salt = CryptBase64.CryptDecode(match.Groups["salt"].Value);
        return logN is < 2 or > MaxLogN || blockSize > MaxBlockSize
            ? null
            : new EncodedPassword(
                CryptBase64.CryptDecode(match.Groups["hash"].Value),
                password => Compute(password, salt, logN, blockSize),
                $"yescrypt,{logN},{blockSize}",
                Cost(logN, blockSize)
            );
    }

    private static byte[] Compute(byte[] password, byte[] salt, int logN, int blockSize)
    {
        var secret =
            logN >= LargeLogN && (long)blockSize << logN >= LargeBlocks
                ? Derive("yescrypt-prehash"u8, password, salt, logN - LessLogN, blockSize)
                : password;
        return SHA256.HashData(HMACSHA256.HashData(Derive("yescrypt"u8, secret, salt, logN, blockSize), "Client Key"u8));
    }

    private static byte[] Derive(ReadOnlySpan<byte> name, byte[] password, byte[] salt, int logN, int blockSize)
    {
        var secret = HMACSHA256.HashData(name, password);
        var block = Rfc2898DeriveBytes.Pbkdf2(secret, salt, 1, HashAlgorithmName.SHA256, 128 * blockSize);
        var key = YescryptMixer.Mix(block, block[..HashBytes], logN, blockSize);
        return Rfc2898DeriveBytes.Pbkdf2(key, block, 1, HashAlgorithmName.SHA256, HashBytes);
    }

    [GeneratedRegex(@"^\$y\$j(?<cost>[./0-9A-Za-z])(?<size>[./0-9A-Za-z])\$(?<salt>[./0-9A-Za-z]{1,86})\$(?<hash>[./0-9A-Za-z]{43})\z")]
    private static partial Regex Encoded();
}
