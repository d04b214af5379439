using System.Diagnostics.CodeAnalysis;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.States;

/// <inheritdoc cref="IWrittenState"/>
/// <typeparam name="T">The type of the state.</typeparam>
public sealed class WrittenState<T>(Projection? projection, IReadOnlyList<AuditRow> events) : IGrainState<T>, IWrittenState
{
    /// <inheritdoc/>
    public Projection? Projection => projection;

    /// <inheritdoc/>
    public IReadOnlyList<AuditRow> Events => events;

    /// <inheritdoc/>
    public bool IsBackground { get; init; }

    /// <inheritdoc/>
    [AllowNull]
    public required T State { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public required string ETag { get; set; }

    /// <inheritdoc/>
    public required bool RecordExists { get; set; }
}
