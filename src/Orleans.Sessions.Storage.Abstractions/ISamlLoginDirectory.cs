namespace Orleans.Sessions.Storage;

/// <summary>
/// The logins of sessions at SAML service providers. The database records a login in the transaction that completes a request.
/// </summary>
public interface ISamlLoginDirectory
{
    /// <summary>The logins of a name id at a service provider, the newest first.</summary>
    Task<IReadOnlyList<SamlLogin>> FindAsync(string entityId, string nameId, CancellationToken cancellationToken);

    /// <summary>The service providers at which a session has logged in, with the newest login at each.</summary>
    Task<IReadOnlyList<SamlParticipant>> OfSessionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> requests that expired before <paramref name="now"/> and that no logout needs. A request is
    /// not needed if its session has ended, or if the session logged in there again later. Returns the number of deleted requests.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> logouts whose deadline was before <paramref name="now"/>. Returns the number of deleted
    /// logouts.
    /// </summary>
    Task<int> PurgeLogoutsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> answers that nobody can fetch any more since before <paramref name="now"/>. Returns the
    /// number of deleted answers.
    /// </summary>
    Task<int> PurgeArtifactsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
