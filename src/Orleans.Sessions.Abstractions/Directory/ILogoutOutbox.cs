using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Directory;

/// <summary>
/// The notifications that are owed to clients of ended sessions, which the database notes in the transaction that ends a session. Every silo takes
/// some; what a silo took and did not settle in time is taken by another.
/// </summary>
public interface ILogoutOutbox
{
    /// <summary>Takes entries that are due, longest due first; others leave them alone until <paramref name="now"/> + <paramref name="lease"/>.</summary>
    Task<IReadOnlyList<LogoutEntry>> TakeAsync(DateTimeOffset now, TimeSpan lease, LogoutShares shares, CancellationToken cancellationToken);

    /// <summary>
    /// Counts an attempt and notes what came of it: delivered or failed at <paramref name="at"/>, or pending until then. Does nothing when the entry was taken again since.
    /// </summary>
    Task SettleAsync(LogoutEntry taken, LogoutState state, DateTimeOffset at, string outcome, CancellationToken cancellationToken);

    /// <summary>Lets an entry that could not be tried be taken again at <paramref name="at"/>. Does nothing when it was taken again since.</summary>
    Task ReleaseAsync(LogoutEntry taken, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets an entry of a client that does not want to be told. Does nothing when it was taken again since.</summary>
    Task DropAsync(LogoutEntry taken, CancellationToken cancellationToken);

    /// <summary>The newest entries that match.</summary>
    Task<IReadOnlyList<LogoutEntry>> ListAsync(LogoutQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> authorizations that expired before <paramref name="now"/> and are not needed to tell a client of the end of a session: it
    /// is over, or the same client has a later one in it. Answers with how many it did.
    /// </summary>
    Task<int> PurgeAuthorizationsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> entries that were settled before <paramref name="settledBefore"/>; answers with how many it did.</summary>
    Task<int> PurgeAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken);
}

/// <summary>How much is taken at once.</summary>
/// <param name="Total">How many entries in all.</param>
/// <param name="OfEach">How many entries of one client.</param>
/// <param name="Busy">The clients of which nothing is taken.</param>
public sealed record LogoutShares(int Total, int OfEach, IReadOnlyCollection<string> Busy);
