namespace Orleans.Sessions.Passwords;

/// <summary>A hash read from its encoding.</summary>
/// <param name="Hash">The digest.</param>
/// <param name="Compute">Computes the digest of a password (UTF-8) the way <paramref name="Hash"/> was made.</param>
/// <param name="Parameters">Algorithm and cost; the comparison with new hashes uses them.</param>
/// <param name="Cost">The cost of computing it for a password of this number of bytes.</param>
internal sealed record EncodedPassword(byte[] Hash, Func<byte[], byte[]> Compute, string Parameters, Func<int, HashCost> Cost)
{
    /// <summary>The same for algorithms whose cost does not depend on the password's length.</summary>
    public EncodedPassword(byte[] hash, Func<byte[], byte[]> compute, string parameters, HashCost cost)
        : this(hash, compute, parameters, _ => cost) { }
}
