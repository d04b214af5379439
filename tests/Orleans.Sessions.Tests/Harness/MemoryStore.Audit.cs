using Orleans.Sessions.Audit;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Harness;

public sealed partial class MemoryStore : IAuditStore
{
    private readonly List<AuditRow> _audit = [];

    /// <summary>The audit trail, oldest first.</summary>
    public List<AuditRow> Audit
    {
        get
        {
            lock (_lock)
            {
                return [.. _audit];
            }
        }
    }

    public Task AppendAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken) => CountAsync(events, cancellationToken);

    public Task CountAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _audit.AddRange(events);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRow>> SearchAsync(
        AuditQuery query,
        string? sessionHash,
        AuditVisibility visibility,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<int> IAuditStore.PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
