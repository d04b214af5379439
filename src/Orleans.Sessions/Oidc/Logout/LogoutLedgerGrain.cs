using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Oidc.Logout;

/// <inheritdoc cref="ILogoutLedgerGrain"/>
[StatelessWorker]
[GrainType("logout-ledger")]
internal sealed class LogoutLedgerGrain(ILogoutOutbox outbox) : Grain, ILogoutLedgerGrain
{
    private const int MaxLimit = 1000;

    /// <inheritdoc/>
    public async Task<ImmutableArray<LogoutEntry>> ListAsync(Caller caller, LogoutQuery query)
    {
        caller.Require(Permission.OidcClientRead);
        return await AskAsync(() => outbox.ListAsync(query with { Limit = Math.Clamp(query.Limit, 1, MaxLimit) }, CancellationToken.None));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<LoggedInClient>> OfSessionAsync(string sessionId) =>
        AskAsync(() => outbox.OfSessionAsync(sessionId, CancellationToken.None));

    private static async Task<ImmutableArray<T>> AskAsync<T>(Func<Task<IReadOnlyList<T>>> ask)
    {
        try
        {
            return [.. await ask()];
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
