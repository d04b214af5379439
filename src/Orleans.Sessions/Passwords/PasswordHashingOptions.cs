using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Passwords;

/// <summary>How new password hashes are made, and how many at once; configuration section <c>Sessions:Passwords</c>.</summary>
public sealed class PasswordHashingOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Passwords";

    /// <summary>The algorithm of new hashes. A password whose hash was made otherwise is hashed anew when its user logs in.</summary>
    public PasswordAlgorithm Algorithm { get; set; } = PasswordAlgorithm.Argon2id;

    /// <summary>Argon2id memory in KiB, 8192 to 524288. Default 19456 (OWASP: 19 MiB, two passes, one lane).</summary>
    public int Argon2MemoryKiB { get; set; } = 19_456;

    /// <summary>Argon2id passes, 1 to 10.</summary>
    public int Argon2Passes { get; set; } = 2;

    /// <summary>bcrypt cost, 10 to 16.</summary>
    public int BcryptCost { get; set; } = 12;

    /// <summary>PBKDF2-SHA256 rounds, 1000 to 10000000.</summary>
    public int Pbkdf2Rounds { get; set; } = 600_000;

    /// <summary>scrypt cost as a power of two, 14 to 20; block size 8, one lane.</summary>
    public int ScryptLogN { get; set; } = 17;

    /// <summary>How many threads hash; 0 (default): as many as there are processors.</summary>
    public int Threads { get; set; }

    /// <summary>How many hashes may wait per thread before callers are sent away with 429. Default 64.</summary>
    public int QueuePerThread { get; set; } = 64;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(Algorithm), Enum.IsDefined(Algorithm), "must be Argon2id, Bcrypt, Pbkdf2Sha256 or Scrypt"),
            (nameof(Argon2MemoryKiB), Argon2MemoryKiB is >= 8192 and <= 524_288, "must be 8192 to 524288"),
            (nameof(Argon2Passes), Argon2Passes is >= 1 and <= 10, "must be 1 to 10"),
            (nameof(BcryptCost), BcryptCost is >= 10 and <= 16, "must be 10 to 16"),
            (nameof(Pbkdf2Rounds), Pbkdf2Rounds is >= 1000 and <= 10_000_000, "must be 1000 to 10000000"),
            (nameof(ScryptLogN), ScryptLogN is >= 14 and <= 20, "must be 14 to 20"),
            (nameof(Threads), Threads is >= 0 and <= 1024, "must be 0 to 1024"),
            (nameof(QueuePerThread), QueuePerThread is >= 1 and <= 100_000, "must be 1 to 100000"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}

/// <summary>The algorithms new password hashes can be made with.</summary>
public enum PasswordAlgorithm
{
    /// <summary>Argon2id, RFC 9106.</summary>
    Argon2id,

    /// <summary>bcrypt; only the first 72 bytes of a password count.</summary>
    Bcrypt,

    /// <summary>PBKDF2 with HMAC-SHA256, RFC 8018.</summary>
    Pbkdf2Sha256,

    /// <summary>scrypt, RFC 7914.</summary>
    Scrypt,
}
