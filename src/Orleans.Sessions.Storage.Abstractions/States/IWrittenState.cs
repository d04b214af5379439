using Orleans.Sessions.Audit;

namespace Orleans.Sessions.States;

/// <summary>A state together with everything that storage writes in the same transaction: all of it or nothing.</summary>
public interface IWrittenState
{
    /// <summary>What the database must know about the state besides its JSON; <c>null</c> if it must know nothing.</summary>
    Projection? Projection { get; }

    /// <summary>The audit events of the change, oldest first.</summary>
    IReadOnlyList<AuditRow> Events { get; }

    /// <summary>Whether nobody waits for the write, so that writes that somebody waits for go first.</summary>
    bool IsBackground { get; }
}
