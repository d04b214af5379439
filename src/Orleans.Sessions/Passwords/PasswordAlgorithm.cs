using Orleans.Sessions.Passwords.Algorithms;

namespace Orleans.Sessions.Passwords;

/// <summary>The algorithms for new password hashes.</summary>
public enum PasswordAlgorithm
{
    /// <summary>Argon2id, RFC 9106.</summary>
    Argon2id,

    /// <summary>bcrypt over HMAC-SHA-256, like passlib's bcrypt_sha256: bcrypt alone reads only the first 72 bytes of a password.</summary>
    Bcrypt,

    /// <summary>PBKDF2 with HMAC-SHA256, RFC 8018.</summary>
    Pbkdf2Sha256,

    /// <summary>scrypt, RFC 7914.</summary>
    Scrypt,
}
