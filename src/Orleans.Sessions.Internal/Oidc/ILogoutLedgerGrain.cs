using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The notifications of clients about ended sessions, sent or still to send. The key is 0; there may be any number of activations. The
/// entries are written in the transaction that ends the session.
/// </summary>
[Alias("sessions.ILogoutLedgerGrain")]
public interface ILogoutLedgerGrain : IGrainWithIntegerKey
{
    /// <summary>The newest entries that match, at most 1000. Needs <c>oidc.client.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<LogoutEntry>> ListAsync(Caller caller, LogoutQuery query);

    /// <summary>
    /// The clients at which a session has logged in, ordered by id; none if the session has ended. In-cluster only. Fails with
    /// <c>SESSION-Store</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("OfSession")]
    Task<ImmutableArray<LoggedInClient>> OfSessionAsync(string sessionId);
}
