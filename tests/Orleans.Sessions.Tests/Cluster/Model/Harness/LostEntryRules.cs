namespace Orleans.Sessions.Tests.Cluster.Model.Harness;

/// <summary>The rules that keep two activations of one grain honest. A test can switch off each rule, to show why it is needed.</summary>
public sealed record LostEntryRules
{
    /// <summary>While the members settle, each read compares its memory with the database.</summary>
    public bool ReadsCompare { get; init; } = true;

    /// <summary>Who was registered in a membership that its node has not read compares, too.</summary>
    public bool UnreadReadsCompare { get; init; } = true;

    /// <summary>When the members have settled, an activation asks the directory before it believes its memory.</summary>
    public bool ReadsAsk { get; init; } = true;

    /// <summary>An activation that does not believe its memory yet asks the directory before it writes.</summary>
    public bool WritesAsk { get; init; } = true;

    /// <summary>A grain that may be a second activation writes nothing before the other node has read the change or has no lease.</summary>
    public bool WritesWait { get; init; } = true;

    /// <summary>Settling takes at least a lease, for which a node may answer without having read the change.</summary>
    public bool SettlesForALease { get; init; } = true;
}
