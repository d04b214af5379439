using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// A single digest in the notation of RFC 2307: <c>{SSHA}</c> and the base64 of SHA-1 over password and salt, followed by the salt. Also
/// <c>{SSHA256}</c>, <c>{SSHA384}</c>, <c>{SSHA512}</c> and <c>{SMD5}</c>, and all of them without the first S and without salt. Only
/// verified: after a right password the service stores a stronger hash.
/// </summary>
[SuppressMessage("Security", "CA5350", Justification = "Hashes that already exist elsewhere can only be verified the way they were made.")]
[SuppressMessage("Security", "CA5351", Justification = "Hashes that already exist elsewhere can only be verified the way they were made.")]
internal sealed partial class LdapDigest : IPasswordAlgorithm
{
    private const int MaxSaltBytes = 64;

    private static readonly HashCost s_cost = HashCost.Of("ldap digest", 1, 10_000);

    public EncodedPassword? Parse(string encoded)
    {
        var match = Encoded().Match(encoded);
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups["digest"].Value.ToUpperInvariant();
        var (algorithm, length) = name switch
        {
            "MD5" => (HashAlgorithmName.MD5, MD5.HashSizeInBytes),
            "SHA256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "SHA384" => (HashAlgorithmName.SHA384, SHA384.HashSizeInBytes),
            "SHA512" => (HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
            _ => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
        };
        var longest = match.Groups["salted"].Success ? length + MaxSaltBytes : length;
        if (Unpadded.Decode(match.Groups["hash"].Value) is not { } bytes || bytes.Length < length || bytes.Length > longest)
        {
            return null;
        }

        var salt = bytes[length..];
        return new EncodedPassword(
            bytes[..length],
            password => CryptographicOperations.HashData(algorithm, [.. password, .. salt]),
            $"ldap {name}",
            s_cost
        );
    }

    [GeneratedRegex(@"^\{(?<salted>[Ss])?(?<digest>(?i:MD5|SHA|SHA256|SHA384|SHA512))\}(?<hash>[A-Za-z0-9+/]+={0,2})\z")]
    private static partial Regex Encoded();
}
