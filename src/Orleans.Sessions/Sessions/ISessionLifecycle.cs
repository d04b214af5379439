using Orleans.Concurrency;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>What the service's own grains call on a session (same grain and key as <see cref="ISessionGrain"/>).</summary>
[Alias("sessions.ISessionLifecycle")]
internal interface ISessionLifecycle : IGrainWithStringKey
{
    /// <summary>
    /// Ends the session for <paramref name="reason"/> if it was bound to its user before <paramref name="epoch"/>; with <c>null</c>,
    /// whenever it was bound.
    /// </summary>
    [Alias("End")]
    Task EndAsync(SessionEndReason reason, int? epoch);

    /// <summary>
    /// Ends the session because its user ended all sessions while this one was being bound to them. The user's state tells the reason.
    /// </summary>
    [Alias("EndStray")]
    Task EndStrayAsync();

    /// <summary>
    /// Ends the session for <paramref name="reason"/> if it has proved at least one factor, and none after <paramref name="before"/>.
    /// </summary>
    [Alias("EndProved")]
    Task EndProvedAsync(SessionEndReason reason, DateTimeOffset before);

    /// <summary>
    /// Publishes that the session has expired, if it has expired and this is not published yet. Callers may call too early or twice.
    /// </summary>
    [Alias("Expire")]
    Task ExpireAsync();

    /// <summary>Notes that the session was used, if that is due, and restarts its idle timeout.</summary>
    [Alias("Use")]
    Task UseAsync();

    /// <summary>Tells a session that is in memory what its user is called now.</summary>
    [AlwaysInterleave]
    [Alias("UserChanged")]
    Task UserChangedAsync(UserIdentity user);

    /// <summary>
    /// Durably forgets what was proved with removed credentials, and takes over what the person's own changes proved in this session. The
    /// user's identity says the same; this is for searches, which see what is stored.
    /// </summary>
    [Alias("ForgetProofs")]
    Task ForgetProofsAsync(UserIdentity user);

    /// <summary>Forgets what the session knows of an authorization's access tokens, because some of them have ended.</summary>
    [AlwaysInterleave]
    [Alias("ForgetAccessTokens")]
    Task ForgetAccessTokensAsync(string authorizationId);

    /// <summary>The stored session and who its user is; <c>null</c> if there is no such session or it is terminated.</summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<FoundSession?> FindAsync();

    /// <summary>
    /// Returns the session for a login that its token completes. Fails with <c>COMMAND-Flk38</c> (no such session), <c>COMMAND-Hewfq</c>
    /// (terminated), <c>COMMAND-Hkl3d</c> (expired) or <c>COMMAND-sGr42</c> (wrong token).
    /// </summary>
    [AlwaysInterleave]
    [Alias("Link")]
    Task<FoundSession> LinkAsync(string token);
}
