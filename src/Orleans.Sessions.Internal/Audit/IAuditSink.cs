namespace Orleans.Sessions.Audit;

/// <summary>
/// The destination of counted events. A silo writes them to the database. A gateway without a database sends them to a silo.
/// </summary>
public interface IAuditSink
{
    /// <summary>Adds the counts to the stored rows.</summary>
    Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken);
}
