using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords.Algorithms;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Makes password hashes with the configured algorithm, and verifies them in every format that can be imported. It does not limit its use
/// of time and memory; <see cref="PasswordHashing"/> does.
/// </summary>
internal sealed class PasswordHasher(IOptions<PasswordHashingOptions> options)
{
    private const int SaltBytes = 16;
    private const int MaxEncodedLength = 512;

    private static readonly IPasswordAlgorithm[] s_algorithms =
    [
        new Argon2(),
        new Bcrypt(),
        new BcryptSha256(),
        new WordPressBcrypt(),
        new Scrypt(),
        new Pbkdf2(),
        new ShaCrypt(),
        new Md5Crypt(),
        new PlainMd5(),
        new Phpass(),
        new Drupal7(),
        new Yescrypt(),
        new Django(),
        new AspNetIdentity(),
        new BetterAuth(),
        new FirebaseScrypt(),
        new LdapDigest(),
        new LdapScheme(),
    ];

    private readonly PasswordHashingOptions _options = options.Value;

    /// <summary>A new hash of <paramref name="password"/> with a fresh salt, in the usual encoding of its algorithm.</summary>
    public string Hash(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        try
        {
            return _options.Algorithm switch
            {
                PasswordAlgorithm.Argon2id => Argon2.Encode(bytes, salt, _options.Argon2MemoryKiB, _options.Argon2Passes),
                PasswordAlgorithm.Bcrypt => BcryptSha256.Encode(bytes, _options.BcryptCost),
                PasswordAlgorithm.Pbkdf2Sha256 => Pbkdf2.Encode(bytes, salt, _options.Pbkdf2Rounds),
                _ => Scrypt.Encode(bytes, salt, _options.ScryptLogN),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>
    /// Whether <paramref name="password"/> matches <paramref name="encoded"/>. An encoding that cannot be read matches no password.
    /// </summary>
    public PasswordVerification Verify(string encoded, string password) =>
        Read(encoded) is { } hash ? Verify(hash, password) : PasswordVerification.Failed;

    /// <summary>Reads an encoding; <c>null</c> if it is malformed or of no known kind.</summary>
    internal static EncodedPassword? Read(string encoded) =>
        encoded.Length > MaxEncodedLength
            ? null
            : s_algorithms.Select(algorithm => algorithm.Parse(encoded)).FirstOrDefault(known => known is not null);

    /// <summary>Whether a hash has the algorithm and cost of new hashes.</summary>
    internal bool IsCurrent(EncodedPassword hash) => hash.Parameters == CurrentParameters;

    /// <summary>Whether <paramref name="password"/> matches <paramref name="hash"/>.</summary>
    internal PasswordVerification Verify(EncodedPassword hash, string password)
    {
        // HMAC pads its key with NUL and bcrypt ends at NUL, so both take "password" and "password\0" for the same. No password has a NUL.
        if (password.Contains('\0', StringComparison.Ordinal))
        {
            return PasswordVerification.Failed;
        }

        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(hash.Compute(bytes), hash.Hash))
            {
                return PasswordVerification.Failed;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        return IsCurrent(hash) ? PasswordVerification.Verified : PasswordVerification.VerifiedNeedsRehash;
    }

    private string CurrentParameters =>
        _options.Algorithm switch
        {
            PasswordAlgorithm.Argon2id => Argon2.Parameters("argon2id", _options.Argon2MemoryKiB, _options.Argon2Passes, 1),
            PasswordAlgorithm.Bcrypt => BcryptSha256.Parameters(_options.BcryptCost),
            PasswordAlgorithm.Pbkdf2Sha256 => Pbkdf2.Parameters("sha256", _options.Pbkdf2Rounds),
            _ => Scrypt.Parameters(_options.ScryptLogN, Scrypt.BlockSize, 1),
        };
}
