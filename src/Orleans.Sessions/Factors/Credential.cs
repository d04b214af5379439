namespace Orleans.Sessions.Factors;

/// <summary>Something with which a user proves a factor.</summary>
/// <param name="Value">
/// What it is. If the value changes, it is another credential, and what the earlier one proved no longer counts.
/// </param>
/// <param name="Handle">
/// How a session's proof names it (<see cref="Sessions.Proof.Credential"/>); <c>null</c> if a user has at most one of the kind.
/// </param>
internal readonly record struct Credential(string Value, string? Handle = null);
