using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Audit;

/// <summary>Counted events of this silo go to the database, and to the log once they are there.</summary>
public sealed class AuditSink(IAuditStore store, AuditTrail trail) : IAuditSink
{
    /// <inheritdoc/>
    public async Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken)
    {
        await store.CountAsync(counted, cancellationToken);
        trail.Log(counted);
    }
}
