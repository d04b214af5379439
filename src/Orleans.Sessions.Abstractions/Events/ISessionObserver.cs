using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// Receives changes of sessions. A message may be lost when a node dies, so watchers should call
/// <see cref="IUserSessionEvents.WatchAsync"/> again from time to time and compare.
/// </summary>
[Alias("sessions.ISessionObserver")]
public interface ISessionObserver : IGrainObserver
{
    /// <summary>Receives the state of a session after a durable change.</summary>
    [OneWay]
    [Alias("Changed")]
    Task ChangedAsync(SessionSnapshot session);
}
