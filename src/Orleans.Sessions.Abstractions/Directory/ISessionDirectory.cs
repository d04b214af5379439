using System.Collections.Immutable;

namespace Orleans.Sessions.Directory;

/// <summary>
/// Finds sessions by something other than their id. It reads the typed columns that the write of a session sets
/// in the same transaction as the session itself, so it can never disagree with the sessions. It never writes a
/// session: only the session's grain does. Payloads are the sessions' stored JSON (UTF-8).
/// </summary>
public interface ISessionDirectory
{
    /// <summary>Finds a page of sessions that are not terminated, or of terminated ones if the query asks for that state; the total counts what is visible to the caller.</summary>
    Task<DirectoryPage<SessionRow>> SearchAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>All sessions of a user that are not terminated, newest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<SessionRow>> OfUserAsync(string userId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ids of at most <paramref name="limit"/> sessions whose expiration date has passed, that are not terminated and whose expiry has not been
    /// published yet, longest expired first.
    /// </summary>
    Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ids of at most <paramref name="limit"/> sessions that are not terminated although their user has ended all sessions
    /// of that epoch: what a node that died in between has left behind.
    /// </summary>
    Task<IReadOnlyList<string>> StrayAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> sessions that ended before <paramref name="before"/>, or that expired before it and
    /// whose expiry has been published; answers with how many it did.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> events that happened to sessions before <paramref name="before"/>; answers with how many it did.</summary>
    Task<int> PurgeEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>One found session: its stored JSON and what its user is called now.</summary>
/// <param name="Payload">The stored session, JSON in UTF-8.</param>
/// <param name="LoginName">The user's login name; <c>null</c> without a user.</param>
/// <param name="DisplayName">The user's display name; <c>null</c> for machines and without a user.</param>
/// <param name="PasswordChangedAt">When the user's password was last changed.</param>
public sealed record SessionRow(
    ReadOnlyMemory<byte> Payload, string? LoginName, string? DisplayName, DateTimeOffset? PasswordChangedAt);

/// <summary>
/// A page of a listing and how many there are in all. The rows are those of this moment, and so is a total up to
/// 10 000; PostgreSQL estimates a larger one, because counting a million rows takes a hundred times longer than finding a page.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record DirectoryPage<T>(IReadOnlyList<T> Rows, long Total);

/// <summary>What a caller may see: everything, or what is their own, was created by them, or belongs to these organizations.</summary>
public sealed record Visibility
{
    /// <summary>Everything.</summary>
    public bool Everything { get; init; }

    /// <summary>The caller: sees their own sessions (or user) and the sessions they created.</summary>
    public string CallerId { get; init; } = "";

    /// <summary>Sees the sessions of this user agent; <c>null</c>: none.</summary>
    public string? AgentId { get; init; }

    /// <summary>Sees everything of these organizations.</summary>
    public ImmutableArray<string> Organizations { get; init; } = [];
}
