namespace Orleans.Sessions.Passwords;

/// <summary>The result of comparing a password with a stored hash.</summary>
internal enum PasswordVerification
{
    /// <summary>Wrong.</summary>
    Failed,

    /// <summary>Right.</summary>
    Verified,

    /// <summary>Right, but the hash has another algorithm or cost than new hashes.</summary>
    VerifiedNeedsRehash,
}
