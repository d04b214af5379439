namespace Orleans.Sessions.Users;

/// <summary>The result of a decision: the record to store, and the error to return once it is stored.</summary>
internal sealed record Verdict(UserRecord User, SessionException? Failure = null)
{
    /// <summary>
    /// Whether the decision is about right answers. It may use up a credential, but what the credential has proved goes on counting.
    /// </summary>
    public bool IsUse { get; init; }
}
