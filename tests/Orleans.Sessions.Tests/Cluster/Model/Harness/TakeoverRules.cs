namespace Orleans.Sessions.Tests.Cluster.Model.Harness;

/// <summary>The rules of the protocol. A test can switch off each rule, to show why it is needed.</summary>
public sealed record TakeoverRules
{
    /// <summary>A node answers from memory only while it holds a lease.</summary>
    public bool Lease { get; init; } = true;

    /// <summary>The lease counts from the time before the question to the database, not from the answer.</summary>
    public bool CountsFromBefore { get; init; } = true;

    /// <summary>A renewal is refused after the vote.</summary>
    public bool RenewalsAreOrdered { get; init; } = true;

    /// <summary>The successor of a dead node changes nothing before that node's lease must have ended.</summary>
    public bool Fence { get; init; } = true;

    /// <summary>A leaving node stops answering before it announces that it leaves.</summary>
    public bool GoodbyeIsLast { get; init; } = true;

    /// <summary>A write checks whether its node was voted out.</summary>
    public bool WritesLook { get; init; } = true;

    /// <summary>No vote can happen between that check and the commit.</summary>
    public bool VotesWait { get; init; } = true;

    /// <summary>A read waits for a write in progress.</summary>
    public bool ReadsWait { get; init; } = true;

    /// <summary>The directory has only one activation among the members, whichever node dies.</summary>
    public bool OneActivation { get; init; } = true;
}
