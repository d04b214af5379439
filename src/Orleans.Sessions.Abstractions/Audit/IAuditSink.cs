namespace Orleans.Sessions.Audit;

/// <summary>Where counted events go: in a silo to the database, in a gateway without one to a silo.</summary>
public interface IAuditSink
{
    /// <summary>Adds to the counted rows.</summary>
    Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken);
}
