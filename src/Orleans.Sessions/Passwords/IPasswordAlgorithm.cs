namespace Orleans.Sessions.Passwords;

/// <summary>
/// One family of encoded password hashes. An encoding contains everything needed to verify a password, and therefore also the cost. Code
/// that reads an encoding must check <see cref="EncodedPassword.Cost"/> before it does any work, so that an imported hash cannot keep a
/// processor busy for hours.
/// </summary>
internal interface IPasswordAlgorithm
{
    /// <summary>Reads an encoding; <c>null</c> if it is malformed or not of this family.</summary>
    EncodedPassword? Parse(string encoded);
}
