using System.Collections.Immutable;

namespace Orleans.Sessions.Directory;

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

/// <summary>One found session: its stored JSON and the current names of its user.</summary>
/// <param name="Payload">The stored session, JSON in UTF-8.</param>
/// <param name="LoginName">The user's login name; <c>null</c> if the session has no user.</param>
/// <param name="DisplayName">The user's display name; <c>null</c> if the user is a machine or the session has no user.</param>
/// <param name="PasswordChangedAt">When the user's password was last changed.</param>
public sealed record SessionRow(ReadOnlyMemory<byte> Payload, string? LoginName, string? DisplayName, DateTimeOffset? PasswordChangedAt);

/// <summary>
/// A page of a list, and the total number of matches. Rows are read at this moment. A total up to 10 000 is exact. PostgreSQL estimates a
/// larger one, because counting a million rows takes a hundred times longer than finding a page.
/// </summary>
/// <typeparam name="T">The type of the rows.</typeparam>
public sealed record DirectoryPage<T>(IReadOnlyList<T> Rows, long Total);

/// <summary>
/// What a caller may see: everything; or their own records, the sessions they created, and the records of these organizations.
/// </summary>
public sealed record Visibility
{
    /// <summary>Whether the caller sees everything.</summary>
    public bool Everything { get; init; }

    /// <summary>The caller, who sees their own user and sessions, and the sessions that they created.</summary>
    public string CallerId { get; init; } = "";

    /// <summary>The user agent whose sessions the caller sees; <c>null</c> if the caller has no user agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>The organizations of which the caller sees everything.</summary>
    public ImmutableArray<string> Organizations { get; init; } = [];
}
