namespace Orleans.Sessions.Storage;

/// <summary>
/// Finds sessions by something other than their id. It reads typed columns, which the write of a session sets in the same transaction as
/// the session itself, so it can never disagree with the sessions. It never writes a session; only the session's grain does. Payloads are
/// the stored JSON of the sessions (UTF-8).
/// </summary>
public interface ISessionDirectory
{
    /// <summary>
    /// Finds a page of sessions that are not terminated, or of terminated ones if the query asks for that state. The total counts the
    /// sessions that the caller may see.
    /// </summary>
    Task<DirectoryPage<SessionRow>> SearchAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>
    /// Counts all sessions that the search finds, however many. Fails with <c>QUERY-Count1</c> if that takes longer than a search may.
    /// </summary>
    Task<long> CountAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>The sessions of a user that are not terminated, newest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<SessionRow>> OfUserAsync(string userId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The ids of at most <paramref name="limit"/> sessions that have expired and are not terminated, and whose expiry is not published
    /// yet. Longest expired first.
    /// </summary>
    Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The ids of at most <paramref name="limit"/> sessions that are not terminated although their user has ended all sessions of that
    /// epoch. A node that dies while it ends sessions leaves them behind.
    /// </summary>
    Task<IReadOnlyList<string>> StrayAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> sessions that ended before <paramref name="before"/>, or that expired before it and whose
    /// expiry is published. Returns the number of deleted sessions.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> session events from before <paramref name="before"/>. Returns the number of deleted events.
    /// </summary>
    Task<int> PurgeEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
