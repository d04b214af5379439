namespace Orleans.Sessions.Faults.Checking;

/// <summary>The kinds of violations.</summary>
public enum Wrong
{
    /// <summary>An acknowledged change is missing after the fault.</summary>
    Lost,

    /// <summary>An ended or expired session was accepted.</summary>
    RevokedHonoured,

    /// <summary>A replaced token was accepted after the grace.</summary>
    OldTokenHonoured,

    /// <summary>The current token of a session was refused.</summary>
    TokenRefused,

    /// <summary>Two writes created the same version.</summary>
    TwoSuccessors,

    /// <summary>An answer is older than what a client knew before the question, or fits no order of the writes.</summary>
    Stale,

    /// <summary>A list has a session that had ended, or that nobody created.</summary>
    Ghost,

    /// <summary>A list lacks a session that existed.</summary>
    Missing,

    /// <summary>An answer had status 500.</summary>
    ServerError,

    /// <summary>A node did not recover.</summary>
    NotServing,
}

/// <summary>A violation.</summary>
/// <param name="Wrong">Its kind.</param>
/// <param name="At">When the question was asked.</param>
/// <param name="Subject">The session, user or node.</param>
/// <param name="Text">The observation, and why it is wrong.</param>
public sealed record Violation(Wrong Wrong, TimeSpan At, string Subject, string Text);
