namespace Orleans.Sessions.Audit;

/// <summary>The kind of actor that caused a security event. The numbers are stored, so they never change.</summary>
public enum AuditActor
{
    /// <summary>The service itself: a timer, the start of a node, or a client inside the cluster that did not name a caller.</summary>
    System = 0,

    /// <summary>An unknown caller: the request had no token or an invalid one.</summary>
    Anonymous = 1,

    /// <summary>A person.</summary>
    Human = 2,

    /// <summary>A service account.</summary>
    Machine = 3,

    /// <summary>An OAuth client that acts for no user yet, for example when it redeems a code.</summary>
    Client = 4,
}
