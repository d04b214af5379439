namespace Orleans.Sessions.Audit;

/// <summary>What kind of actor caused a security event; numbers are stored.</summary>
public enum AuditActor
{
    /// <summary>The service itself: a timer, the start of a node, or a client inside the cluster that said nothing of a caller.</summary>
    System = 0,

    /// <summary>Somebody who is not known: a request without, or with an invalid, token.</summary>
    Anonymous = 1,

    /// <summary>A person.</summary>
    Human = 2,

    /// <summary>A service account.</summary>
    Machine = 3,

    /// <summary>An OAuth client that acts for nobody yet, such as one that redeems a code.</summary>
    Client = 4,
}

/// <summary>How a security event ended; numbers are stored.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success = 1,

    /// <summary>What was to be proved was not: a wrong password, code, secret or token.</summary>
    Failure = 2,

    /// <summary>It was refused, because the caller may not do it.</summary>
    Refused = 3,
}
