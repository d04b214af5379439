using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// PBKDF2 (RFC 8018): <c>$pbkdf2-sha256$29000$salt$hash</c>; plain <c>pbkdf2</c> means SHA-1. The base64 may be standard or passlib's, with
/// or without padding.
/// </summary>
internal sealed partial class Pbkdf2 : IPasswordAlgorithm
{
    public const int HashBytes = 32;

    public static string Parameters(string digest, int rounds) => $"pbkdf2-{digest},{rounds}";

    /// <summary>
    /// The rounds, once for each block of the hash that has a digest's length. The password's length does not matter: HMAC shortens a long
    /// password once.
    /// </summary>
    public static HashCost Cost(string digest, int rounds, int hashBytes)
    {
        var (digestBytes, nanoseconds) = digest switch
        {
            "sha224" => (28, 1_100),
            "sha256" => (32, 420),
            "sha384" => (48, 650),
            "sha512" => (64, 650),
            _ => (20, 440),
        };
        return HashCost.Of($"pbkdf2-{digest}", (double)rounds * ((hashBytes + digestBytes - 1) / digestBytes), nanoseconds);
    }

    public static string Encode(byte[] password, byte[] salt, int rounds)
    {
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);
        return $"$pbkdf2-sha256${rounds}${Unpadded.Encode(salt).Replace('+', '.')}${Unpadded.Encode(hash).Replace('+', '.')}";
    }

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoding().Match(encoded);
        return match.Success
            ? Read(
                match.Groups["digest"].Value is { Length: > 0 } name ? name : "sha1",
                int.Parse(match.Groups["rounds"].ValueSpan, CultureInfo.InvariantCulture),
                Unpadded.Decode(match.Groups["salt"].Value),
                Unpadded.Decode(match.Groups["hash"].Value)
            )
            : null;
    }

    /// <summary>Reads a hash from its parts; <c>null</c> if one of them is malformed.</summary>
    /// <param name="digest">The digest of HMAC: sha1, sha224, sha256, sha384 or sha512.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="salt">The salt, 1 to 128 bytes.</param>
    /// <param name="hash">The hash, 16 to 64 bytes.</param>
    public static EncodedPassword? Read(string digest, int rounds, byte[]? salt, byte[]? hash)
    {
        if (rounds < 1 || salt is not { Length: >= 1 and <= 128 } || hash is not { Length: >= 16 and <= 64 })
        {
            return null;
        }

        var parameters = Parameters(digest, rounds);
        return new EncodedPassword(
            hash,
            password => Compute(digest, password, salt, rounds, hash.Length),
            digest == "sha256" && hash.Length != HashBytes ? $"{parameters},{hash.Length}" : parameters,
            Cost(digest, rounds, hash.Length)
        );
    }

    private static byte[] Compute(string digest, byte[] password, byte[] salt, int rounds, int length) =>
        digest switch
        {
            // The framework has no SHA-224.
            "sha224" => Sha224(password, salt, rounds, length),
            "sha256" => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, length),
            "sha384" => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA384, length),
            "sha512" => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA512, length),
            _ => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA1, length),
        };

    private static byte[] Sha224(byte[] password, byte[] salt, int rounds, int length)
    {
        var generator = new Pkcs5S2ParametersGenerator(new Sha224Digest());
        generator.Init(password, salt, rounds);
        return ((KeyParameter)generator.GenerateDerivedMacParameters(length * 8)).GetKey();
    }

    [GeneratedRegex(
        @"^\$pbkdf2(-(?<digest>sha1|sha224|sha256|sha384|sha512))?\$(?<rounds>[0-9]{1,9})"
            + @"\$(?<salt>[A-Za-z0-9+/.]+={0,2})\$(?<hash>[A-Za-z0-9+/.]+={0,2})\z"
    )]
    private static partial Regex Encoding();
}
