using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>
/// One session: the factors that a person has proved, with metadata, user agent and lifetime. Its key is <see cref="GrainKeys.Session"/> of
/// the session id. Every method fails with <see cref="SessionException"/>. When a method returns, its change is durable.
/// </summary>
[OpenToClusterClients]
[Alias("sessions.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the session. The checks run in a fixed order. If a check fails, no session is created; only the failure is counted against
    /// the user. Needs <c>session.write</c> on the instance. A canceled call skips a password hash that has not begun; work that has begun
    /// continues.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    [Alias("Create")]
    Task<SessionChange> CreateAsync(CreateSession command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds checks, challenges, metadata or a new lifetime: all of it or nothing. If anything changes, the session gets a new token.
    /// Otherwise <see cref="SessionChange.Token"/> is <c>null</c> and the old token stays valid. Needs <c>session.write</c>. Fails with
    /// <c>QUERY-SFeaa</c> (unknown), <c>COMMAND-Hewfq</c> (terminated), <c>COMMAND-Hkl3d</c> (expired), or the error of a check.
    /// Cancellation works as in <see cref="CreateAsync"/>.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    [Alias("Set")]
    Task<SessionChange> SetAsync(SetSession command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the session. If a token is given, only the token counts (<c>QUERY-dsfr3</c> if it is wrong). Without a token, the caller must
    /// have created the session, be its user, share its user agent, or have <c>session.read</c>. Expired sessions can be read; terminated
    /// ones fail with <c>QUERY-SFeaa</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<SessionView> GetAsync(Caller caller, string? token);

    /// <summary>
    /// Terminates the session permanently. A repeated call returns the same answer. If a token is given, only the token counts
    /// (<c>COMMAND-sGr42</c>). Without a token, the caller must be its user or have <c>session.delete</c>. <c>null</c> if no such session
    /// exists.
    /// </summary>
    [Alias("Delete")]
    Task<SessionDetails?> DeleteAsync(Caller caller, string? token);

    /// <summary>
    /// The user for whom a session token speaks when it is used as a bearer token. Fails with <c>QUERY-SFeaa</c>, <c>QUERY-dsfr3</c> or
    /// <c>AUTHZ-EGDo3</c> (all 401), with <c>AUTHZ-Kl3p0</c> if no factor was proved, or only one where two are needed, and with
    /// <c>SESSION-Pol02</c> if the session depends on a password that must be changed.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<SessionBearer> AuthenticateAsync(string token);

    /// <summary>
    /// Like <see cref="AuthenticateAsync"/>, but without <c>SESSION-Pol02</c>. The result may only be used to choose a new password.
    /// </summary>
    [AlwaysInterleave]
    [Alias("AuthenticateForPasswordChange")]
    Task<SessionBearer> AuthenticateForPasswordChangeAsync(string token);

    /// <summary>
    /// What an access token of this session stands for. For an opaque token, <paramref name="secret"/> is the whole token. Fails with
    /// <c>AUTH-7fs1e</c> as soon as the end of the session or of the token is acknowledged, and if the user is not active.
    /// </summary>
    [AlwaysInterleave]
    [Alias("AuthenticateAccessToken")]
    Task<TokenGrant> AuthenticateAccessTokenAsync(string authorizationId, string tokenId, string? secret);

    /// <summary>
    /// Sends <paramref name="observer"/> every change of this session for the next two minutes; each repeated call extends this time.
    /// Returns the current state of the session; <c>null</c> if no such session exists. Needs the same rights as <see cref="GetAsync"/>
    /// without a token.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Watch")]
    Task<SessionSnapshot?> WatchAsync(Caller caller, ISessionObserver observer);

    /// <summary>Stops sending changes to <paramref name="observer"/>.</summary>
    [AlwaysInterleave]
    [Alias("Unwatch")]
    Task UnwatchAsync(ISessionObserver observer);
}
