using Orleans.Concurrency;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions;

/// <summary>
/// One session: which factors a person has proved, with metadata, user agent and lifetime. Its key is
/// <see cref="GrainKeys.Session"/> of the session id. Every method fails with <see cref="SessionException"/>;
/// a method that returns has made its change durable.
/// </summary>
[OpenToClusterClients]
[Alias("sessions.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the session. The checks run in a fixed order; when one fails nothing is created, only the failure is counted against the user.
    /// Needs <c>session.write</c> on the instance. Canceled, a password that waits to be hashed is not; what has begun goes on.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    [Alias("Create")]
    Task<SessionChange> CreateAsync(CreateSession command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds checks, challenges, metadata or a new lifetime: all of it or nothing. Rotates the token when anything changes;
    /// otherwise <see cref="SessionChange.Token"/> is <c>null</c> and the old token stays valid. Needs <c>session.write</c>.
    /// Fails with <c>QUERY-SFeaa</c> (unknown), <c>COMMAND-Hewfq</c> (terminated), <c>COMMAND-Hkl3d</c> (expired), or the error of a check.
    /// Canceled as <see cref="CreateAsync"/> is.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    [Alias("Set")]
    Task<SessionChange> SetAsync(SetSession command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the session. With a token only the token counts (<c>QUERY-dsfr3</c> when it is wrong); without one the caller must have made
    /// the session, be its user, share its user agent, or have <c>session.read</c>. Expired sessions are readable, terminated ones are
    /// <c>QUERY-SFeaa</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<SessionView> GetAsync(Caller caller, string? token);

    /// <summary>
    /// Terminates the session for good; repeating it gives the same answer. With a token only the token counts
    /// (<c>COMMAND-sGr42</c>); without one the caller must be its user or have <c>session.delete</c>.
    /// <c>null</c> when there is no such session.
    /// </summary>
    [Alias("Delete")]
    Task<SessionDetails?> DeleteAsync(Caller caller, string? token);

    /// <summary>
    /// Whom a session token speaks for when it is used as bearer token. Fails with <c>QUERY-SFeaa</c>,
    /// <c>QUERY-dsfr3</c> or <c>AUTHZ-EGDo3</c>, all 401, <c>AUTHZ-Kl3p0</c> when no factor was proved, or one where two are needed, and
    /// <c>SESSION-Pol02</c> when it rests on a password that must be changed.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<SessionBearer> AuthenticateAsync(string token);

    /// <summary>
    /// As <see cref="AuthenticateAsync"/>, but good for nothing else than choosing another password, and so without <c>SESSION-Pol02</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("AuthenticateForPasswordChange")]
    Task<SessionBearer> AuthenticateForPasswordChangeAsync(string token);

    /// <summary>
    /// What an access token that stands on this session is good for; <paramref name="secret"/> is the whole token if it is opaque. Fails
    /// with <c>AUTH-7fs1e</c> from the moment that the end of the session, or of the token, is acknowledged, and when its user is not
    /// active.
    /// </summary>
    [AlwaysInterleave]
    [Alias("AuthenticateAccessToken")]
    Task<TokenGrant> AuthenticateAccessTokenAsync(string authorizationId, string tokenId, string? secret);

    /// <summary>
    /// Tells <paramref name="observer"/> of every change of this session for the next two minutes, longer when it is repeated, and returns
    /// where the session stands now; <c>null</c> when there is none. Rights as for <see cref="GetAsync"/> without a token.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Watch")]
    Task<SessionSnapshot?> WatchAsync(Caller caller, ISessionObserver observer);

    /// <summary>Stops telling <paramref name="observer"/>.</summary>
    [AlwaysInterleave]
    [Alias("Unwatch")]
    Task UnwatchAsync(ISessionObserver observer);
}
