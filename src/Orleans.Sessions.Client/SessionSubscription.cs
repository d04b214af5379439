using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans.Runtime;

namespace Orleans.Sessions.Client;

/// <summary>
/// One subscription. The grain sends changes as they happen. From time to time the subscription also asks again, because a silo that dies
/// forgets its watchers. It compares the answer with what it knows, and so finds the changes that it missed.
/// </summary>
internal sealed class SessionSubscription(
    IGrainFactory grains,
    TimeProvider clock,
    SessionClientOptions options,
    string? sessionId,
    string? userId
) : ISessionObserver
{
    /// <summary>
    /// The maximum number of changes that wait for the reader. If the reader is slow, the oldest ones are dropped. The next comparison
    /// finds them.
    /// </summary>
    private const int MaxWaiting = 1000;

    /// <summary>
    /// The maximum number of sessions that one comparison asks directly. A user may have more sessions than the answer to a watcher
    /// contains.
    /// </summary>
    private const int AskedAtOnce = 64;

    private readonly Channel<SessionSnapshot> _told = Channel.CreateBounded<SessionSnapshot>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
    );
    private readonly Dictionary<string, SessionSnapshot> _known = [];

    /// <summary>The id up to which sessions were asked. The next comparison continues after it.</summary>
    private string _askedUpTo = "";

    /// <inheritdoc/>
    public Task ChangedAsync(SessionSnapshot session)
    {
        _told.Writer.TryWrite(session);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<SessionHappening> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var self = grains.CreateObjectReference<ISessionObserver>(this);
        try
        {
            foreach (var session in await FirstAsync(self, cancellationToken))
            {
                _known[session.SessionId] = session;
            }

            using var timer = new PeriodicTimer(options.RewatchEvery, clock);
            var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            var news = _told.Reader.WaitToReadAsync(cancellationToken).AsTask();
            while (!IsOver())
            {
                var first = await Task.WhenAny(tick, news);
                await first;
                var changes = new List<SessionHappening>();
                while (_told.Reader.TryRead(out var session))
                {
                    changes.AddRange(Learn(session));
                }

                if (first == tick)
                {
                    changes.AddRange(await CompareAsync(self));
                    tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                }
                else
                {
                    news = _told.Reader.WaitToReadAsync(cancellationToken).AsTask();
                }

                foreach (var change in changes)
                {
                    yield return change;
                }
            }
        }
        finally
        {
            try
            {
                await LeaveAsync(self);
            }
            finally
            {
                grains.DeleteObjectReference<ISessionObserver>(self);
            }
        }
    }

    /// <summary>A terminated session has no further events.</summary>
    private bool IsOver() => sessionId is not null && _known.GetValueOrDefault(sessionId) is null or { State: SessionState.Terminated };

    private Task<IReadOnlyList<SessionSnapshot>> FirstAsync(ISessionObserver self, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(() => WatchAsync(self), options.RetryFor, clock, cancellationToken);

    private async Task<IReadOnlyList<SessionSnapshot>> WatchAsync(ISessionObserver self)
    {
        if (userId is not null)
        {
            return await grains.Find<IUserSessionEvents>(GrainKeys.User(userId)).WatchAsync(options.Caller, self);
        }

        return await grains.Find<ISessionGrain>(GrainKeys.Session(sessionId!)).WatchAsync(options.Caller, self) is { } session
            ? [session]
            : [];
    }

    /// <summary>Watches again and finds what was missed. If no node answers, the next comparison tries again.</summary>
    private async Task<List<SessionHappening>> CompareAsync(ISessionObserver self)
    {
        var changes = new List<SessionHappening>();
        try
        {
            var present = await WatchAsync(self);
            foreach (var session in present)
            {
                changes.AddRange(Learn(session));
            }

            changes.AddRange(await CompareMissingAsync(present.Select(session => session.SessionId).ToHashSet(StringComparer.Ordinal)));
        }
        catch (Exception exception)
            when (GrainCalls.IsNodeAway(exception) || exception is SessionException { Error.Code: ErrorCode.Unavailable })
        {
            // The node with the grain is gone, and the grain is not active on another node yet.
        }

        return changes;
    }

    /// <summary>
    /// Asks the sessions that are missing in the answer. A missing session may have ended. It may also be too old for the answer, or the
    /// answer may be older than what we know. Only the session itself knows.
    /// </summary>
    private async Task<List<SessionHappening>> CompareMissingAsync(HashSet<string> present)
    {
        var missing = _known.Values.Where(known => !present.Contains(known.SessionId)).ToList();
        foreach (var ended in missing.Where(known => known.State == SessionState.Terminated))
        {
            // The reader already knows that this session ended.
            _known.Remove(ended.SessionId);
        }

        var asked = missing
            .Where(known => known.State != SessionState.Terminated)
            .OrderBy(known => string.CompareOrdinal(known.SessionId, _askedUpTo) <= 0)
            .ThenBy(known => known.SessionId, StringComparer.Ordinal)
            .Take(AskedAtOnce)
            .ToList();
        var isThere = await Task.WhenAll(asked.Select(IsThereAsync));
        var changes = new List<SessionHappening>();
        foreach (var gone in asked.Where((_, index) => !isThere[index]))
        {
            // An expired session is deleted at some time. This is not an event.
            if (gone.State == SessionState.Active)
            {
                changes.AddRange(
                    Learn(gone with { State = SessionState.Terminated, At = clock.GetUtcNow(), Sequence = gone.Sequence + 1 })
                );
            }

            _known.Remove(gone.SessionId);
        }

        _askedUpTo = asked.Count > 0 ? asked[^1].SessionId : "";
        return changes;
    }

    private async Task<bool> IsThereAsync(SessionSnapshot known)
    {
        try
        {
            await grains.Find<ISessionGrain>(GrainKeys.Session(known.SessionId)).GetAsync(options.Caller, token: null);
            return true;
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.SessionNotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Messages may arrive in the wrong order, so a state that is older than the known state is ignored. The end of a session that is not
    /// known is ignored too: it is sent again each time somebody ends the session again.
    /// </summary>
    private List<SessionHappening> Learn(SessionSnapshot session)
    {
        var known = _known.GetValueOrDefault(session.SessionId);
        if (known is null ? session.State == SessionState.Terminated : session.Sequence < known.Sequence || session.State < known.State)
        {
            return [];
        }

        _known[session.SessionId] = session;
        return [.. SessionHappening.Between(known, session)];
    }

    private async Task LeaveAsync(ISessionObserver self)
    {
        try
        {
            await (
                userId is not null
                    ? grains.Find<IUserSessionEvents>(GrainKeys.User(userId)).UnwatchAsync(self)
                    : grains.Find<ISessionGrain>(GrainKeys.Session(sessionId!)).UnwatchAsync(self)
            );
        }
        catch (Exception exception) when (GrainCalls.IsNodeAway(exception))
        {
            // The grain forgets this observer by itself.
        }
    }
}
