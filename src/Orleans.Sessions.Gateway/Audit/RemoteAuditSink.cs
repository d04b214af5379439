using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Gateway.Audit;

/// <summary>Sends the counts of a gateway without a silo to a silo.</summary>
internal sealed class RemoteAuditSink(IGrainFactory grains) : IAuditSink
{
    public Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken) =>
        grains.GetGrain<IAuditGrain>(0).CountAsync([.. counted]);
}
