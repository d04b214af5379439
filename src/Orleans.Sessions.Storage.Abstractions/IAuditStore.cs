using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Storage;

/// <summary>
/// The audit trail in the database. The event of a change is written together with the change (<see cref="States.IWrittenState"/>). This
/// interface writes the events that belong to no change, and reads all events.
/// </summary>
public interface IAuditStore
{
    /// <summary>Appends events that belong to no change of a grain.</summary>
    Task AppendAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken);

    /// <summary>
    /// Adds to the counted rows. There is one row for each minute, kind, outcome, reason, actor, target, source and client. Its count
    /// grows; its user agent and request stay those of the first event.
    /// </summary>
    Task CountAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken);

    /// <summary>
    /// The newest events that match the query and that the caller may see. <paramref name="sessionHash"/> replaces
    /// <see cref="AuditQuery.SessionId"/>.
    /// </summary>
    Task<IReadOnlyList<AuditRow>> SearchAsync(
        AuditQuery query,
        string? sessionHash,
        AuditVisibility visibility,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Deletes at most <paramref name="limit"/> events from before <paramref name="before"/>. Returns the number of deleted events.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
