namespace Orleans.Sessions.Passwords;

/// <summary>
/// One family of encoded password hashes. An encoding says everything that is needed to verify a password, and with it what that costs:
/// whoever reads one looks at <see cref="EncodedPassword.Cost"/> before any work is done, so that an imported hash cannot be used to keep a
/// processor busy for hours.
/// </summary>
internal interface IPasswordAlgorithm
{
    /// <summary>Reads an encoding; <c>null</c> when it is not of this family or malformed.</summary>
    EncodedPassword? Parse(string encoded);
}

/// <summary>A hash that was read from its encoding.</summary>
/// <param name="Hash">The digest.</param>
/// <param name="Compute">Computes the digest of a password (UTF-8) the way <paramref name="Hash"/> was made.</param>
/// <param name="Parameters">Algorithm and cost, to tell whether the hash is as strong as new ones.</param>
/// <param name="Cost">What computing it takes for a password of so many bytes.</param>
internal sealed record EncodedPassword(byte[] Hash, Func<byte[], byte[]> Compute, string Parameters, Func<int, HashCost> Cost)
{
    /// <summary>The same, for algorithms to which the length of the password makes no difference.</summary>
    public EncodedPassword(byte[] hash, Func<byte[], byte[]> compute, string parameters, HashCost cost)
        : this(hash, compute, parameters, _ => cost)
    {
    }
}
