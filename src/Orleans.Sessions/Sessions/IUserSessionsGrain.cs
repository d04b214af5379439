using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// The sessions of one user (key <see cref="GrainKeys.User"/>). The grain lists them, and ends them all when the user demands it. It has no
/// durable state of its own: it loads from the directory, and sessions report every change to it before they acknowledge the change.
/// </summary>
[Alias("sessions.IUserSessionsGrain")]
internal interface IUserSessionsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Records a durable change before the change is acknowledged. Returns <c>false</c> if the user has ended all sessions since this
    /// session was bound to the user; then the session must end instead of being acknowledged.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Record")]
    Task<bool> RecordAsync(SessionRecord session);

    /// <summary>
    /// Makes the grain load again before its next answer, because a change may be durable that was not recorded.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Doubt")]
    Task DoubtAsync();

    /// <summary>
    /// A page of the user's sessions that match and that the caller may see. The query's user filter is taken as met.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Search")]
    Task<SessionPage> SearchAsync(Caller caller, SessionQuery query);

    /// <summary>
    /// Ends every session that was bound to the user before <paramref name="epoch"/>, and returns once the last of them is durably ended.
    /// The user's grain makes the epoch durable before it calls this method, and calls it again after a crash.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndAll")]
    Task EndAllAsync(int epoch, SessionEndReason reason);

    /// <summary>
    /// Ends every session that has proved at least one factor, and none after <paramref name="before"/>. Returns once the last of them is
    /// durably ended. Sessions without a factor live on. The user's grain makes the decision durable before it calls this method, and calls
    /// it again after a crash.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndProved")]
    Task EndProvedAsync(DateTimeOffset before, SessionEndReason reason);

    /// <summary>
    /// Ends the user's sessions except <paramref name="except"/> because a caller deletes them. Returns their number once the last of them
    /// is durably ended.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("Delete")]
    Task<int> DeleteAsync(ImmutableArray<string> except);

    /// <summary>Tells the user's sessions what the user is called now and when the password was changed.</summary>
    [AlwaysInterleave]
    [Alias("UserChanged")]
    Task UserChangedAsync(Users.UserIdentity user);
}
