using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>Is told of changes of sessions. A message may be lost when a node dies: watch again now and then, and compare.</summary>
[Alias("sessions.ISessionObserver")]
public interface ISessionObserver : IGrainObserver
{
    /// <summary>A session has durably changed.</summary>
    [OneWay]
    [Alias("Changed")]
    Task ChangedAsync(SessionSnapshot session);
}
