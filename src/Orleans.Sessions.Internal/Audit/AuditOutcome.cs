namespace Orleans.Sessions.Audit;

/// <summary>How a security event ended. The numbers are stored, so they never change.</summary>
public enum AuditOutcome
{
    /// <summary>The action succeeded.</summary>
    Success = 1,

    /// <summary>A proof failed: a password, code, secret or token was wrong.</summary>
    Failure = 2,

    /// <summary>The action was refused because the caller has no permission for it.</summary>
    Refused = 3,
}
