namespace Orleans.Sessions.Tests.Cluster.Model;

/// <summary>What the protocol demands. Each rule can be left out, to see what it is there for.</summary>
public sealed record TakeoverRules
{
    /// <summary>A node answers from memory only with a lease.</summary>
    public bool Lease { get; init; } = true;

    /// <summary>The lease counts from before the database was asked, not from its answer.</summary>
    public bool CountsFromBefore { get; init; } = true;

    /// <summary>A renewal is refused after the vote.</summary>
    public bool RenewalsAreOrdered { get; init; } = true;

    /// <summary>Who follows a dead node changes nothing before that node's lease must be over.</summary>
    public bool Fence { get; init; } = true;

    /// <summary>A node that leaves stops to answer before it says so.</summary>
    public bool GoodbyeIsLast { get; init; } = true;

    /// <summary>A write looks whether its node was voted out.</summary>
    public bool WritesLook { get; init; } = true;

    /// <summary>No vote happens between that look and the commit.</summary>
    public bool VotesWait { get; init; } = true;

    /// <summary>A read waits for a write under way.</summary>
    public bool ReadsWait { get; init; } = true;

    /// <summary>The directory has one activation among the nodes that are members, whoever dies.</summary>
    public bool OneActivation { get; init; } = true;
}
