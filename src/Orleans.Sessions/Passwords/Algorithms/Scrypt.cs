using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// scrypt (RFC 7914): <c>$scrypt$ln=16,r=8,p=1$salt$hash</c> in base64 without padding, and passlib's <c>$7$</c>, which packs the costs
/// into eleven characters and uses the salt as written. libsodium computes it in half the time of managed code, and in memory that
/// it returns to the system.
/// </summary>
internal sealed partial class Scrypt : IPasswordAlgorithm
{
    public const int BlockSize = 8;

    private const int HashBytes = 32;
    private const int MaxLogN = 30;
    private const double NanosecondsPerBlock = 600;

    static Scrypt() =>
        NSec.Cryptography.PasswordBasedKeyDerivationAlgorithm.Argon2id(
            new NSec.Cryptography.Argon2Parameters
            {
                // Initialises libsodium, which detects the capabilities of the processor.
                DegreeOfParallelism = 1,
                MemorySize = 8,
                NumberOfPasses = 1,
            }
        );

    public static string Parameters(int logN, int blockSize, int lanes) => $"scrypt,ln={logN},r={blockSize},p={lanes}";

    public static HashCost Cost(int logN, int blockSize, int lanes)
    {
        var n = Math.ScaleB(1, logN);
        return HashCost.Of("scrypt", n * blockSize * lanes, NanosecondsPerBlock, 128.0 * blockSize * (n + lanes));
    }

    public static string Encode(byte[] password, byte[] salt, int logN) =>
        $"$scrypt$ln={logN},r={BlockSize},p=1${Unpadded.Encode(salt)}$"
        + Unpadded.Encode(Derive(password, salt, logN, BlockSize, 1, HashBytes));

    public EncodedPassword? Parse(string encoded)
    {
        if (Modern().Match(encoded) is { Success: true } modern)
        {
            return Read(
                Number(modern, "ln"),
                Number(modern, "r"),
                Number(modern, "p"),
                Unpadded.Decode(modern.Groups["salt"].Value),
                Unpadded.Decode(modern.Groups["hash"].Value)
            );
        }

        if (Packed().Match(encoded) is { Success: true } packed)
        {
            return Read(
                CryptBase64.CryptValue(packed.Groups["ln"].Value[0]),
                Packed30(packed.Groups["r"].Value),
                Packed30(packed.Groups["p"].Value),
                Encoding.ASCII.GetBytes(packed.Groups["salt"].Value),
                CryptBase64.CryptDecode(packed.Groups["hash"].Value)
            );
        }

        return null;
    }

    /// <summary>
    /// Reads a hash from its parts; <c>null</c> if one of them is malformed. RFC 7914 §2 bounds the product of block size and lanes.
    /// </summary>
    /// <param name="logN">The cost as a power of two, 1 to 30.</param>
    /// <param name="blockSize">The block size.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="salt">The salt, 1 to 64 bytes.</param>
    /// <param name="hash">The hash, 16 to 64 bytes.</param>
    public static EncodedPassword? Read(int logN, int blockSize, int lanes, byte[]? salt, byte[]? hash) =>
        logN is >= 1 and <= MaxLogN
        && blockSize >= 1
        && lanes >= 1
        && (long)blockSize * lanes < 1 << 30
        && salt is { Length: >= 1 and <= 64 }
        && hash is { Length: >= 16 and <= 64 }
            ? new EncodedPassword(
                hash,
                password => Derive(password, salt, logN, blockSize, lanes, hash.Length),
                Parameters(logN, blockSize, lanes),
                Cost(logN, blockSize, lanes)
            )
            : null;

    private static byte[] Derive(byte[] password, byte[] salt, int logN, int blockSize, int lanes, int length)
    {
        var result = new byte[length];
        var failure = Compute(
            password,
            (nuint)password.Length,
            salt,
            (nuint)salt.Length,
            1UL << logN,
            (uint)blockSize,
            (uint)lanes,
            result,
            (nuint)length
        );
        return failure == 0 ? result : throw new InsufficientMemoryException("libsodium could not compute scrypt.");
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int Packed30(string text) => text.Select((character, index) => CryptBase64.CryptValue(character) << (6 * index)).Sum();

    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libsodium", EntryPoint = "crypto_pwhash_scryptsalsa208sha256_ll")]
    private static partial int Compute(
        byte[] password,
        nuint passwordLength,
        byte[] salt,
        nuint saltLength,
        ulong n,
        uint r,
        uint p,
        byte[] result,
        nuint resultLength
    );

    [GeneratedRegex(
        @"^\$scrypt\$ln=(?<ln>[0-9]{1,2}),r=(?<r>[0-9]{1,4}),p=(?<p>[0-9]{1,4})\$(?<salt>[A-Za-z0-9+/.]+)\$(?<hash>[A-Za-z0-9+/.]+)\z"
    )]
    private static partial Regex Modern();

    [GeneratedRegex(
        @"^\$7\$(?<ln>[./0-9A-Za-z])(?<r>[./0-9A-Za-z]{5})(?<p>[./0-9A-Za-z]{5})(?<salt>[^$]{1,64})\$(?<hash>[./0-9A-Za-z]{43})\z"
    )]
    private static partial Regex Packed();
}
