namespace Orleans.Sessions.Passwords;

/// <summary>
/// One family of encoded password hashes. An encoding says everything that is needed to verify a password; whatever it says has been checked
/// against bounds before any work is done, so that an imported hash cannot be used to keep a processor busy for hours.
/// </summary>
internal interface IPasswordAlgorithm
{
    /// <summary>
    /// Reads an encoding; <c>null</c> when it is not of this family, malformed, or out of bounds.
    /// </summary>
    EncodedPassword? Parse(string encoded);
}

/// <summary>A hash that was read from its encoding.</summary>
/// <param name="Hash">The digest.</param>
/// <param name="Compute">Computes the digest of a password (UTF-8) the way <paramref name="Hash"/> was made.</param>
/// <param name="Parameters">Algorithm and cost, to tell whether the hash is as strong as new ones.</param>
internal sealed record EncodedPassword(byte[] Hash, Func<byte[], byte[]> Compute, string Parameters);
