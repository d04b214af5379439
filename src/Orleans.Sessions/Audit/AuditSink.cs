using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Audit;

/// <summary>Writes counted events of this silo to the database, and to the log once they are stored.</summary>
internal sealed class AuditSink(IAuditStore store, AuditTrail trail) : IAuditSink
{
    /// <inheritdoc/>
    public async Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken)
    {
        await store.CountAsync(counted, cancellationToken);
        trail.Log(counted);
    }
}
