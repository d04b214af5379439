namespace Orleans.Sessions.States;

/// <summary>Something happened to a session. It is appended to the log of session events.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">Its user.</param>
/// <param name="Sequence">The session's sequence.</param>
/// <param name="Type">The name of the event, for example <c>session.terminated</c>.</param>
/// <param name="Reason">Why it happened.</param>
/// <param name="At">When it happened.</param>
public sealed record SessionHappened(string SessionId, string? UserId, long Sequence, string Type, string? Reason, DateTimeOffset At)
    : StateEffect;
