using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Directory;

/// <summary>
/// The notifications that are owed to clients of ended sessions, which the database notes in the transaction that ends a session. Every silo takes
/// some; what a silo took and did not settle in time is taken by another.
/// </summary>
public interface ILogoutOutbox
{
    /// <summary>Takes at most <paramref name="limit"/> entries that are due; others leave them alone until <paramref name="now"/> + <paramref name="lease"/>.</summary>
    Task<IReadOnlyList<LogoutEntry>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>Counts an attempt and notes what came of it: delivered or failed at <paramref name="at"/>, or pending until then.</summary>
    Task SettleAsync(long id, LogoutState state, DateTimeOffset at, string outcome, CancellationToken cancellationToken);

    /// <summary>Lets an entry that could not be tried be taken again at <paramref name="at"/>.</summary>
    Task ReleaseAsync(long id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets an entry of a client that does not want to be told.</summary>
    Task DropAsync(long id, CancellationToken cancellationToken);

    /// <summary>The newest entries that match.</summary>
    Task<IReadOnlyList<LogoutEntry>> ListAsync(LogoutQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> authorizations that expired before <paramref name="now"/> and whose session is over, and as many entries that were settled before
    /// <paramref name="settledBefore"/>; answers with how many it did.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset now, DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken);
}
