using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans.Runtime;

namespace Orleans.Sessions.Client;

/// <summary>
/// One subscription. The grain tells of changes as they happen; now and then the subscription asks again, because a silo that dies forgets
/// who watched, and finds out by comparing what it was not told.
/// </summary>
internal sealed class SessionSubscription(IGrainFactory grains, TimeProvider clock, SessionClientOptions options, string? sessionId, string? userId)
    : ISessionObserver
{
    /// <summary>More news than this wait for no reader: of a slow one's the oldest are dropped, and found out about by comparing.</summary>
    private const int MaxWaiting = 1000;

    private readonly Channel<SessionSnapshot> _told = Channel.CreateBounded<SessionSnapshot>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Dictionary<string, SessionSnapshot> _known = [];

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

    /// <summary>A terminated session has no future.</summary>
    private bool IsOver() => sessionId is not null && _known.GetValueOrDefault(sessionId) is null or { State: SessionState.Terminated };

    private Task<IReadOnlyList<SessionSnapshot>> FirstAsync(ISessionObserver self, CancellationToken cancellationToken) =>
        GrainCalls.RepeatAsync(() => WatchAsync(self), options.RetryFor, clock, cancellationToken);

    private async Task<IReadOnlyList<SessionSnapshot>> WatchAsync(ISessionObserver self)
    {
        if (userId is not null)
        {
            return await grains.GetGrain<IUserSessionEvents>(GrainKeys.User(userId)).WatchAsync(options.Caller, self);
        }

        return await grains.GetGrain<ISessionGrain>(GrainKeys.Session(sessionId!)).WatchAsync(options.Caller, self) is { } session ? [session] : [];
    }

    /// <summary>Watches again and finds out what was missed. If nobody answers now, the next time will do.</summary>
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

            foreach (var missing in _known.Values.Where(known => present.All(session => session.SessionId != known.SessionId)).ToList())
            {
                changes.AddRange(Learn(await AskAsync(missing)));
                if (userId is not null && _known[missing.SessionId].State == SessionState.Terminated)
                {
                    _known.Remove(missing.SessionId);
                }
            }
        }
        catch (Exception exception) when (GrainCalls.IsNodeAway(exception) || exception is SessionException { Error.Code: ErrorCode.Unavailable })
        {
            // The node that knew is gone, and the next one is not there yet.
        }

        return changes;
    }

    /// <summary>A session that is not among the user's any more was ended, or the answer was older than what we were told: only the session itself knows.</summary>
    private async Task<SessionSnapshot> AskAsync(SessionSnapshot known)
    {
        try
        {
            await grains.GetGrain<ISessionGrain>(GrainKeys.Session(known.SessionId)).GetAsync(options.Caller, token: null);
            return known;
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.SessionNotFound)
        {
            return known with { State = SessionState.Terminated, At = clock.GetUtcNow(), Sequence = known.Sequence + 1 };
        }
    }

    /// <summary>Messages may overtake each other: what is older than what is known says nothing new.</summary>
    private List<SessionHappening> Learn(SessionSnapshot session)
    {
        var known = _known.GetValueOrDefault(session.SessionId);
        if (known is not null && (session.Sequence < known.Sequence || session.State < known.State))
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
            await (userId is not null
                ? grains.GetGrain<IUserSessionEvents>(GrainKeys.User(userId)).UnwatchAsync(self)
                : grains.GetGrain<ISessionGrain>(GrainKeys.Session(sessionId!)).UnwatchAsync(self));
        }
        catch (Exception exception) when (GrainCalls.IsNodeAway(exception))
        {
            // It forgets us by itself.
        }
    }
}
