namespace Orleans.Sessions.Directory;

/// <summary>Which sessions logged in at which SAML service provider, which the database notes in the transaction that completes a request.</summary>
public interface ISamlLoginDirectory
{
    /// <summary>The logins of a name id at a service provider.</summary>
    Task<IReadOnlyList<SamlLogin>> FindAsync(string entityId, string nameId, CancellationToken cancellationToken);

    /// <summary>The service providers at which a session has logged in, with the newest login at each.</summary>
    Task<IReadOnlyList<SamlParticipant>> OfSessionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> requests that expired before <paramref name="now"/> and are not needed to find a session to log out: it is over, or was
    /// logged in there again later. Answers with how many it did.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> logouts that were to be finished before <paramref name="now"/>; answers with how many it did.</summary>
    Task<int> PurgeLogoutsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>A session that logged in at a service provider.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="SessionIndex">Its name at the service provider.</param>
public sealed record SamlLogin(string SessionId, string SessionIndex);

/// <summary>A service provider at which a session has logged in.</summary>
/// <param name="EntityId">The service provider.</param>
/// <param name="RequestKey">The key of the request's grain (<see cref="Saml.ISamlRequestGrain"/>).</param>
public sealed record SamlParticipant(string EntityId, string RequestKey);
