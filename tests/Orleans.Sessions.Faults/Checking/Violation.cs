namespace Orleans.Sessions.Faults.Checking;

/// <summary>What must never be.</summary>
public enum Wrong
{
    /// <summary>What was acknowledged is not there after the fault.</summary>
    Lost,

    /// <summary>An ended or expired session was honoured.</summary>
    RevokedHonoured,

    /// <summary>A replaced token was honoured after the grace.</summary>
    OldTokenHonoured,

    /// <summary>The current token of a session was refused.</summary>
    TokenRefused,

    /// <summary>Two writes made the same version.</summary>
    TwoSuccessors,

    /// <summary>An answer is older than what somebody had been told before it was asked for, or fits no order of the writes.</summary>
    Stale,

    /// <summary>A list has a session that had ended, or that nobody made.</summary>
    Ghost,

    /// <summary>A list has not a session that was there.</summary>
    Missing,

    /// <summary>An answer was 500.</summary>
    ServerError,

    /// <summary>A node did not serve again.</summary>
    NotServing,
}

/// <summary>Something wrong.</summary>
/// <param name="Wrong">What.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Subject">The session, user or node.</param>
/// <param name="Text">What was seen, and what makes it wrong.</param>
public sealed record Violation(Wrong Wrong, TimeSpan At, string Subject, string Text);
