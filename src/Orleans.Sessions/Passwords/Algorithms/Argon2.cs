using System.Globalization;
using System.Text.RegularExpressions;
using NSec.Cryptography;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// Argon2i and Argon2id, version 19: <c>$argon2id$v=19$m=65536,t=3,p=4$salt$hash</c>, base64 without padding or, as Keycloak exports it,
/// with padding. libsodium computes the single-lane case, which new hashes use, several times faster than managed code. It supports no
/// other number of lanes, so <see cref="Argon2Lanes"/> computes those.
/// </summary>
internal sealed partial class Argon2 : IPasswordAlgorithm
{
    private const int HashBytes = 32;
    private const int SodiumSaltBytes = 16;
    private const double SodiumNanoseconds = 700;
    private const double ManagedNanoseconds = 2_200;

    public static string Parameters(string kind, int memoryKiB, int passes, int lanes) => $"{kind},m={memoryKiB},t={passes},p={lanes}";

    /// <summary>The steps are the KiB that are filled. One core computes all lanes.</summary>
    public static HashCost Cost(string kind, int memoryKiB, int passes, bool isNative) =>
        HashCost.Of(
            isNative ? kind : $"{kind} managed",
            (double)memoryKiB * passes,
            isNative ? SodiumNanoseconds : ManagedNanoseconds,
            memoryKiB * 1024.0
        );

    public static string Encode(byte[] password, byte[] salt, int memoryKiB, int passes)
    {
        var hash = Sodium(password, salt, memoryKiB, passes, HashBytes);
        return $"$argon2id$v=19$m={memoryKiB},t={passes},p=1${Unpadded.Encode(salt)}${Unpadded.Encode(hash)}";
    }

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoding().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        int memory = Number(match, "m"),
            passes = Number(match, "t"),
            lanes = Number(match, "p");
        if (
            lanes < 1
            || passes < 1
            || memory < 8 * lanes
            || Unpadded.Decode(match.Groups["salt"].Value) is not { Length: >= 8 and <= 64 } salt
            || Unpadded.Decode(match.Groups["hash"].Value) is not { Length: >= 16 and <= 64 } hash
        )
        {
            return null;
        }

        var kind = match.Groups["kind"].Value;
        var isHybrid = kind == "argon2id";
        return isHybrid && lanes == 1 && salt.Length == SodiumSaltBytes
            ? new EncodedPassword(
                hash,
                password => Sodium(password, salt, memory, passes, hash.Length),
                Parameters(kind, memory, passes, lanes),
                Cost(kind, memory, passes, isNative: true)
            )
            : new EncodedPassword(
                hash,
                password => Argon2Lanes.Derive(isHybrid, password, salt, memory, passes, lanes, hash.Length),
                $"{Parameters(kind, memory, passes, lanes)},managed",
                Cost(kind, memory, passes, isNative: false)
            );
    }

    private static byte[] Sodium(byte[] password, byte[] salt, int memoryKiB, int passes, int length)
    {
        var parameters = new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = memoryKiB,
            NumberOfPasses = passes,
        };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveBytes(password, salt, length);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\$(?<kind>argon2id?)\$v=19\$m=(?<m>[0-9]{1,7}),t=(?<t>[0-9]{1,6}),p=(?<p>[0-9]{1,4})"
            + @"\$(?<salt>[A-Za-z0-9+/]+={0,2})\$(?<hash>[A-Za-z0-9+/]+={0,2})\z"
    )]
    private static partial Regex Encoding();
}
