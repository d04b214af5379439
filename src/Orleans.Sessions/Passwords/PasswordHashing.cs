using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Passwords, as users have them: hashes and verifies in the pool, and looks before what a hash costs. A hash that another system made, or
/// that was made with other settings, is verified in the lane of the foreign ones.
/// </summary>
public sealed class PasswordHashing(PasswordHasher hasher, PasswordHashingPool pool, IOptions<PasswordHashingOptions> options)
{
    /// <summary>At import nobody knows the password: what a hash costs is told by one of this length, UTF-8.</summary>
    private const int UsualPasswordBytes = 64;

    private readonly PasswordHashingOptions _options = options.Value;

    /// <summary>
    /// Fails for a hash that could never be verified: <c>USER-oz74onzvqr</c> (not known or malformed), <c>USER-Hash2</c> (too costly).
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
    /// Whether <paramref name="password"/> is the one behind <paramref name="encoded"/>. Fails with <c>COMMAND-Hash2</c> when the hash
    /// costs more than one may, with <c>SESSION-Busy1</c> when there is no time for it, and with <see cref="NotSupportedException"/> for
    /// what is no hash.
    /// </summary>
    public Task<PasswordVerification> VerifyAsync(string userId, string encoded, string password, CancellationToken cancellationToken)
    {
        var hash = PasswordHasher.Read(encoded) ?? throw new NotSupportedException("The encoding is not known.");
        var cost = hash.Cost(System.Text.Encoding.UTF8.GetByteCount(password));
        return _options.Allows(cost)
            ? pool.RunAsync(userId, cost, isForeign: !hasher.IsCurrent(hash), () => hasher.Verify(hash, password), cancellationToken)
            : throw new SessionException(SessionErrors.PasswordHashTooCostly);
    }

    /// <summary>A new hash. Fails with <c>SESSION-Busy1</c> when there is no time for it.</summary>
    public Task<string> HashAsync(string userId, string password, CancellationToken cancellationToken) =>
        pool.RunAsync(userId, _options.NewHashCost, isForeign: false, () => hasher.Hash(password), cancellationToken);
}
