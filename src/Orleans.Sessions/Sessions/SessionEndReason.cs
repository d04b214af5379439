namespace Orleans.Sessions.Sessions;

/// <summary>Why a session ended.</summary>
internal enum SessionEndReason
{
    /// <summary>A caller deleted it.</summary>
    Deleted = 0,

    /// <summary>Its lifetime was over.</summary>
    Expired = 1,

    /// <summary>Its user was locked.</summary>
    UserLocked = 2,

    /// <summary>Its user was deactivated.</summary>
    UserDeactivated = 3,

    /// <summary>Its user was deleted.</summary>
    UserDeleted = 4,

    /// <summary>An administrator set another password, or the user set one with a reset code.</summary>
    PasswordReset = 5,

    /// <summary>
    /// The user had more sessions than allowed. The oldest session with a proved factor, or the oldest session without one, had to end.
    /// </summary>
    SessionLimit = 6,
}
