using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>What happens to the sessions of one user; the key is <see cref="GrainKeys.User"/>.</summary>
[OpenToClusterClients]
[Alias("sessions.IUserSessionEvents")]
public interface IUserSessionEvents : IGrainWithStringKey
{
    /// <summary>
    /// Tells <paramref name="observer"/> of every change of the user's sessions for the next two minutes, longer when it is repeated, and returns
    /// where the sessions stand now; terminated ones are not among them. Needs <c>session.read</c>, or to be the user.
    /// </summary>
    [AlwaysInterleave]
    [Alias("WatchUser")]
    Task<ImmutableArray<SessionSnapshot>> WatchAsync(Caller caller, ISessionObserver observer);

    /// <summary>Stops telling <paramref name="observer"/>.</summary>
    [AlwaysInterleave]
    [Alias("UnwatchUser")]
    Task UnwatchAsync(ISessionObserver observer);
}
