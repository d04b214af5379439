using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Orleans.Sessions.Events;

/// <summary>Who wants to be told of changes. Only in memory: a watcher comes again within <see cref="Patience"/> or is forgotten.</summary>
internal sealed class SessionWatchers(ILogger log)
{
    /// <summary>How long a watcher that does not come again is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private ObserverManager<ISessionObserver>? _watchers;

    /// <summary>Adds a watcher, or keeps it for longer.</summary>
    public void Add(ISessionObserver watcher) => (_watchers ??= new(Patience, log)).Subscribe(watcher, watcher);

    /// <summary>Forgets a watcher.</summary>
    public void Remove(ISessionObserver watcher) => _watchers?.Unsubscribe(watcher);

    /// <summary>Tells all watchers. Nobody waits for them.</summary>
    public void Tell(Func<SessionSnapshot> snapshot)
    {
        if (_watchers is { Count: > 0 })
        {
            var session = snapshot();
            _watchers.Notify(watcher => watcher.ChangedAsync(session)).Ignore();
        }
    }
}
