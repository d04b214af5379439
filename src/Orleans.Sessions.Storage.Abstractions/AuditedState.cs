namespace Orleans.Sessions.Audit;

/// <summary>The state of a grain together with the audit events of its change. Storage writes both or neither.</summary>
public interface IAuditedState
{
    /// <summary>The events, oldest first; never empty.</summary>
    IReadOnlyList<AuditRow> Events { get; }
}

/// <inheritdoc cref="IAuditedState"/>
/// <typeparam name="T">The type of the state.</typeparam>
public sealed class AuditedState<T>(IReadOnlyList<AuditRow> events) : IGrainState<T>, IAuditedState
{
    /// <inheritdoc/>
    public IReadOnlyList<AuditRow> Events => events;

    /// <inheritdoc/>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public required T State { get; set; }

    /// <inheritdoc/>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public required string ETag { get; set; }

    /// <inheritdoc/>
    public required bool RecordExists { get; set; }
}
