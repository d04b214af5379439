using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Storage;

/// <summary>
/// The logout notifications that the service owes to clients. The database adds them in the transaction that ends a session. Every silo
/// takes some. If a silo does not settle an entry in time, another silo takes it.
/// </summary>
public interface ILogoutOutbox
{
    /// <summary>
    /// Takes entries that are due, longest due first. Other silos leave them alone until <paramref name="now"/> + <paramref name="lease"/>.
    /// </summary>
    Task<IReadOnlyList<LogoutEntry>> TakeAsync(
        DateTimeOffset now,
        TimeSpan lease,
        LogoutShares shares,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Counts an attempt and records its result: delivered or failed at <paramref name="at"/>, or pending until then. Does nothing if the
    /// entry was taken again since.
    /// </summary>
    Task SettleAsync(LogoutEntry taken, LogoutState state, DateTimeOffset at, string outcome, CancellationToken cancellationToken);

    /// <summary>
    /// Releases an entry that could not be tried, so that it can be taken again at <paramref name="at"/>. Does nothing if the entry was
    /// taken again since.
    /// </summary>
    Task ReleaseAsync(LogoutEntry taken, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Deletes an entry whose client does not want the notification. Does nothing if the entry was taken again since.</summary>
    Task DropAsync(LogoutEntry taken, CancellationToken cancellationToken);

    /// <summary>
    /// The clients at which a session has logged in, ordered by id; none if it has ended. Fails with
    /// <see cref="StoreUnavailableException"/>.
    /// </summary>
    Task<IReadOnlyList<LoggedInClient>> OfSessionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>The newest entries that match.</summary>
    Task<IReadOnlyList<LogoutEntry>> ListAsync(LogoutQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> authorizations that expired before <paramref name="now"/> and that no logout notification
    /// needs. An authorization is not needed if its session has ended, or if the same client has a later authorization in the session.
    /// Returns the number of deleted authorizations.
    /// </summary>
    Task<int> PurgeAuthorizationsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> entries that were settled before <paramref name="settledBefore"/>. Returns the number of
    /// deleted entries.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken);
}
