using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Storage;

/// <summary>
/// The table <c>audit_event</c>, except for the events that are written together with grain state (<see cref="StateStorage"/>).
/// </summary>
internal sealed class AuditStore(Database database, IOptions<ClusterOptions> cluster) : IAuditStore
{
    private readonly string _purgeText = SqlText.Of($"{database.Dialect}.PurgeAudit");

    public Task AppendAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken) =>
        database.WriteAsync([.. AuditRows.Steps(cluster.Value.ServiceId, events)]);

    public Task CountAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken) =>
        database.WriteAsync(AuditRows.CountSteps(cluster.Value.ServiceId, events));

    public async Task<IReadOnlyList<AuditRow>> SearchAsync(
        AuditQuery query,
        string? sessionHash,
        AuditVisibility visibility,
        CancellationToken cancellationToken
    )
    {
        var sql = Query();
        return await sql.ReadAsync(database, AuditSearch.Text(sql, query, sessionHash, visibility), AuditSearch.Row, cancellationToken);
    }

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        Query().With("before", Instant.ToMicroseconds(before)).With("limit", limit).ExecuteAsync(database, _purgeText, cancellationToken);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
