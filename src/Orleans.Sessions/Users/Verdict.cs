namespace Orleans.Sessions.Users;

/// <summary>What a decision came to: the record to store, and the error to answer with once it is stored.</summary>
internal sealed record Verdict(UserRecord User, SessionException? Failure = null);
