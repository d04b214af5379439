using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Directory;

/// <summary>
/// The audit trail in the database. Events of a change are written with the change (<see cref="IAuditedState"/>); here are those that change nothing
/// else, and the reading.
/// </summary>
public interface IAuditStore
{
    /// <summary>Appends events that belong to no change of a grain.</summary>
    Task AppendAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken);

    /// <summary>
    /// Adds to the counted rows: of the same minute, kind, outcome, reason, actor, target, source and client there is one, whose count goes up and
    /// whose user agent and request stay those of the first.
    /// </summary>
    Task CountAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken);

    /// <summary>
    /// The newest events that match and that may be seen. <paramref name="sessionHash"/> stands for <see cref="AuditQuery.SessionId"/>.
    /// </summary>
    Task<IReadOnlyList<AuditRow>> SearchAsync(AuditQuery query, string? sessionHash, AuditVisibility visibility, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> events from before <paramref name="before"/>; answers with how many it did.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
