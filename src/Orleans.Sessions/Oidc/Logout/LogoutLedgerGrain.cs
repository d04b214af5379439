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
        try
        {
            return [.. await outbox.ListAsync(query with { Limit = Math.Clamp(query.Limit, 1, MaxLimit) }, CancellationToken.None)];
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
