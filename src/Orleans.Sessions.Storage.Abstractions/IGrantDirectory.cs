using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Storage;

/// <summary>Finds the authorizations that applications hold for users.</summary>
public interface IGrantDirectory
{
    /// <summary>
    /// The authorizations of a user that have not expired at <paramref name="now"/> and whose session has not ended, ordered by client and
    /// id. Revoked ones are included. Fails with <see cref="StoreUnavailableException"/>.
    /// </summary>
    Task<IReadOnlyList<UserGrantPosition>> FindAsync(
        string userId,
        UserGrantQuery query,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}
