using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// The sessions of one user (key <see cref="GrainKeys.User"/>): lists them, and ends them all when the user demands it. It
/// has no durable state of its own: it loads from the directory and is told of every change before the change is acknowledged.
/// </summary>
[Alias("sessions.IUserSessionsGrain")]
public interface IUserSessionsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes note of a durable change, before it is acknowledged. <c>false</c>: the user has ended all sessions since this one was bound to
    /// the user, so it must end instead of being acknowledged.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Record")]
    Task<bool> RecordAsync(SessionRecord session);

    /// <summary>A page of the user's sessions that match and that the caller may see; the query's user filter is taken as met.</summary>
    [AlwaysInterleave]
    [Alias("Search")]
    Task<SessionPage> SearchAsync(Caller caller, SessionQuery query);

    /// <summary>
    /// Ends every session that was bound to the user before <paramref name="epoch"/>, and returns when the last one is durably ended.
    /// The user's grain has made the epoch durable before it calls, and calls again after a crash.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndAll")]
    Task EndAllAsync(int epoch, SessionEndReason reason);

    /// <summary>
    /// Ends every session that has proved factors, and all of them before <paramref name="before"/> or then, and returns when the last one is durably ended. Those
    /// without a factor live on. The user's grain has made it durable before it calls, and calls again after a crash.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndProved")]
    Task EndProvedAsync(DateTimeOffset before, SessionEndReason reason);

    /// <summary>Ends the user's sessions but <paramref name="except"/>, because somebody deletes them, and returns how many when the last one is durably ended.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("Delete")]
    Task<int> DeleteAsync(ImmutableArray<string> except);

    /// <summary>Tells the user's sessions what the user is called now and when the password was changed.</summary>
    [AlwaysInterleave]
    [Alias("UserChanged")]
    Task UserChangedAsync(Users.UserIdentity user);
}

/// <summary>Why a session ended.</summary>
public enum SessionEndReason
{
    /// <summary>Somebody deleted it.</summary>
    Deleted = 0,

    /// <summary>Its lifetime was over.</summary>
    Expired = 1,

    /// <summary>Its user was locked.</summary>
    UserLocked = 2,

    /// <summary>Its user was deactivated.</summary>
    UserDeactivated = 3,

    /// <summary>Its user was deleted.</summary>
    UserDeleted = 4,

    /// <summary>An administrator set another password, or the user did with a code.</summary>
    PasswordReset = 5,

    /// <summary>The user had more sessions than are allowed: the oldest of those with a proved factor, or of those without, had to go.</summary>
    SessionLimit = 6,
}
