using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Cluster;

namespace Orleans.Sessions.Gateway.Audit;

/// <summary>Sends the counts of a gateway without a silo to a silo.</summary>
internal sealed class RemoteAuditSink(Grains grains) : IAuditSink
{
    public Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken) => grains.Audit.CountAsync([.. counted]);
}
