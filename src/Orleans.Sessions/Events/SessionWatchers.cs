using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Orleans.Sessions.Events;

/// <summary>
/// The watchers to notify of changes, in memory only. A watcher subscribes again within <see cref="Patience"/>, or it is forgotten.
/// </summary>
internal sealed class SessionWatchers(ILogger log)
{
    /// <summary>How long a watcher that does not subscribe again is notified.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private ObserverManager<ISessionObserver>? _watchers;

    /// <summary>Adds a watcher or extends its subscription.</summary>
    public void Add(ISessionObserver watcher) => (_watchers ??= new(Patience, log)).Subscribe(watcher, watcher);

    /// <summary>Removes a watcher.</summary>
    public void Remove(ISessionObserver watcher) => _watchers?.Unsubscribe(watcher);

    /// <summary>Notifies all watchers without waiting for them.</summary>
    public void Tell(Func<SessionSnapshot> snapshot)
    {
        if (_watchers is { Count: > 0 })
        {
            var session = snapshot();
            _watchers.Notify(watcher => watcher.ChangedAsync(session)).Ignore();
        }
    }
}
