using System.Diagnostics.CodeAnalysis;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.States;

/// <summary>A state together with everything that storage writes in the same transaction: all of it or nothing.</summary>
public interface IWrittenState
{
    /// <summary>What the database must know about the state besides its JSON; <c>null</c> if it must know nothing.</summary>
    Projection? Projection { get; }

    /// <summary>The audit events of the change, oldest first.</summary>
    IReadOnlyList<AuditRow> Events { get; }
}

/// <inheritdoc cref="IWrittenState"/>
/// <typeparam name="T">The type of the state.</typeparam>
public sealed class WrittenState<T>(Projection? projection, IReadOnlyList<AuditRow> events) : IGrainState<T>, IWrittenState
{
    /// <inheritdoc/>
    public Projection? Projection => projection;

    /// <inheritdoc/>
    public IReadOnlyList<AuditRow> Events => events;

    /// <inheritdoc/>
    [AllowNull]
    public required T State { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public required string ETag { get; set; }

    /// <inheritdoc/>
    public required bool RecordExists { get; set; }
}
