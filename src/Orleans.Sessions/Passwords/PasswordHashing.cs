using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Hashes and verifies the passwords of users in the pool, after checking the cost of the hash. Hashes that another system made, or
/// that have other settings, are verified in the lane for foreign hashes.
/// </summary>
internal sealed class PasswordHashing(PasswordHasher hasher, PasswordHashingPool pool, IOptions<PasswordHashingOptions> options)
{
    /// <summary>The password is unknown at import. The cost of a hash is judged for a password of this many UTF-8 bytes.</summary>
    private const int UsualPasswordBytes = 64;

    private readonly PasswordHashingOptions _options = options.Value;

    /// <summary>
    /// Fails for a hash that could never be verified: <c>USER-oz74onzvqr</c> (unknown or malformed), <c>USER-Hash2</c> (too costly).
    /// </summary>
    public void EnsureImportable(string encoded)
    {
        var hash = PasswordHasher.Read(encoded) ?? throw new SessionException(SessionErrors.HashUnsupported);
        if (!_options.Allows(hash.Cost(UsualPasswordBytes)))
        {
            throw new SessionException(SessionErrors.HashTooCostly);
        }
    }

    /// <summary>
    /// Whether <paramref name="password"/> matches <paramref name="encoded"/>. Fails with <c>COMMAND-Hash2</c> if the hash costs more than
    /// the limit allows, with <c>SESSION-Busy1</c> if the pool has no time for it, and with <see cref="NotSupportedException"/> if
    /// <paramref name="encoded"/> is not a hash.
    /// </summary>
    public Task<PasswordVerification> VerifyAsync(string userId, string encoded, string password, CancellationToken cancellationToken)
    {
        var hash = PasswordHasher.Read(encoded) ?? throw new NotSupportedException("The encoding is not known.");
        var cost = hash.Cost(System.Text.Encoding.UTF8.GetByteCount(password));
        return _options.Allows(cost)
            ? pool.RunAsync(userId, cost, isForeign: !hasher.IsCurrent(hash), () => hasher.Verify(hash, password), cancellationToken)
            : throw new SessionException(SessionErrors.PasswordHashTooCostly);
    }

    /// <summary>A new hash. Fails with <c>SESSION-Busy1</c> if the pool has no time for it.</summary>
    public Task<string> HashAsync(string userId, string password, CancellationToken cancellationToken) =>
        pool.RunAsync(userId, _options.NewHashCost, isForeign: false, () => hasher.Hash(password), cancellationToken);
}
