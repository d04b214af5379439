namespace Orleans.Sessions.Users;

/// <summary>The result of a decision: the record to store, and the error to return once it is stored.</summary>
internal sealed record Verdict(UserRecord User, SessionException? Failure = null);
