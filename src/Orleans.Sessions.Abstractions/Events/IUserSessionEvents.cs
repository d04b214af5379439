using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>The changes of the sessions of one user. The key is <see cref="GrainKeys.User"/>.</summary>
[OpenToClusterClients]
[Alias("sessions.IUserSessionEvents")]
public interface IUserSessionEvents : IGrainWithStringKey
{
    /// <summary>
    /// Sends <paramref name="observer"/> every change of the user's sessions for the next two minutes; each repeated call extends this
    /// time. Returns the current state of the sessions, without terminated ones. The caller needs <c>session.read</c>, or must be the user.
    /// </summary>
    [AlwaysInterleave]
    [Alias("WatchUser")]
    Task<ImmutableArray<SessionSnapshot>> WatchAsync(Caller caller, ISessionObserver observer);

    /// <summary>Stops sending changes to <paramref name="observer"/>.</summary>
    [AlwaysInterleave]
    [Alias("UnwatchUser")]
    Task UnwatchAsync(ISessionObserver observer);
}
