using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Directory;

/// <summary>Finds what applications hold in people's names.</summary>
public interface IGrantDirectory
{
    /// <summary>
    /// The authorizations of a user that have not expired at <paramref name="now"/> and whose session has not ended, in the order of clients and ids. Those that were revoked
    /// are among them. Fails with <see cref="StoreUnavailableException"/>.
    /// </summary>
    Task<IReadOnlyList<UserGrantPosition>> FindAsync(string userId, UserGrantQuery query, DateTimeOffset now, CancellationToken cancellationToken);
}
