using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords.Algorithms;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Makes password hashes with the configured algorithm, and verifies them in every format that can be imported (surroundings §9). It
/// takes the time and memory that hashing is meant to take: call it through <see cref="PasswordHashingPool"/>.
/// </summary>
public sealed class PasswordHasher(IOptions<PasswordHashingOptions> options)
{
    private const int SaltBytes = 16;
    private const int MaxEncodedLength = 512;

    private static readonly IPasswordAlgorithm[] s_algorithms =
        [new Argon2(), new Bcrypt(), new Scrypt(), new Pbkdf2(), new ShaCrypt(), new Md5Crypt(), new PlainMd5(), new Phpass(), new Drupal7()];

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
                PasswordAlgorithm.Bcrypt => Bcrypt.Encode(bytes, _options.BcryptCost),
                PasswordAlgorithm.Pbkdf2Sha256 => Pbkdf2.Encode(bytes, salt, _options.Pbkdf2Rounds),
                _ => Scrypt.Encode(bytes, salt, _options.ScryptLogN),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Whether <paramref name="password"/> is the one behind <paramref name="encoded"/>. An encoding that cannot be read verifies nothing.</summary>
    public PasswordVerification Verify(string encoded, string password)
    {
        // HMAC pads its key with NUL and bcrypt ends at it: to them "password" and "password\0" are one. No password has a NUL.
        if (password.Contains('\0', StringComparison.Ordinal) || Parse(encoded) is not { } known)
        {
            return PasswordVerification.Failed;
        }

        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(known.Compute(bytes), known.Hash))
            {
                return PasswordVerification.Failed;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        return known.Parameters == CurrentParameters ? PasswordVerification.Verified : PasswordVerification.VerifiedNeedsRehash;
    }

    /// <summary>Whether a hash in this encoding can be imported: well formed, of a known kind, and within bounds.</summary>
    public static bool IsSupported(string encoded) => Parse(encoded) is not null;

    private string CurrentParameters => _options.Algorithm switch
    {
        PasswordAlgorithm.Argon2id => Argon2.Parameters("argon2id", _options.Argon2MemoryKiB, _options.Argon2Passes, 1),
        PasswordAlgorithm.Bcrypt => Bcrypt.Parameters(_options.BcryptCost),
        PasswordAlgorithm.Pbkdf2Sha256 => Pbkdf2.Parameters("sha256", _options.Pbkdf2Rounds),
        _ => Scrypt.Parameters(_options.ScryptLogN, Scrypt.BlockSize, 1),
    };

    private static EncodedPassword? Parse(string encoded) => encoded.Length > MaxEncodedLength
        ? null
        : s_algorithms.Select(algorithm => algorithm.Parse(encoded)).FirstOrDefault(known => known is not null);
}

/// <summary>What a password is to a stored hash.</summary>
public enum PasswordVerification
{
    /// <summary>Wrong.</summary>
    Failed,

    /// <summary>Right.</summary>
    Verified,

    /// <summary>Right, but the hash was made with another algorithm or other costs than new ones are.</summary>
    VerifiedNeedsRehash,
}
