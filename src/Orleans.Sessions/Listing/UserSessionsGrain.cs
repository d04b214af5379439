using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Events;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Listing;

/// <summary>
/// The index of one user's sessions: a cache in front of the directory. It loads at the first question, and sessions report every change to
/// it before the change is acknowledged or read by others. It loads again once a minute, after each change of the cluster's membership, and
/// after each change of which a session does not know whether it is durable and recorded. While the membership settles, sessions may report
/// to another activation, so each question loads. All methods interleave; between two awaits nothing else runs.
/// </summary>
[GrainType("user-sessions")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed partial class UserSessionsGrain(
    ISessionDirectory directory,
    SessionDirectorySearch search,
    StateSerializer serializer,
    IOptions<SessionOptions> options,
    TakeoverFence fence,
    IGrainContext context,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<UserSessionsGrain> log
) : Grain, IUserSessionsGrain, IUserSessionEvents
{
    /// <summary>The sessions of a user with more than this are searched in the directory instead.</summary>
    private const int MaxKept = 1000;

    private static readonly TimeSpan s_believedFor = TimeSpan.FromMinutes(1);

    /// <summary>The sessions; <c>null</c> if not loaded, or if there are more than <see cref="MaxKept"/>.</summary>
    private Dictionary<string, SessionRecord>? _sessions;
    private DateTimeOffset? _loadedAt;
    private (long Epoch, long Doubts) _loadedIn;
    private long _loads;
    private long _doubts;
    private Task? _loading;
    private readonly List<SessionRecord> _toldWhileLoading = [];
    private readonly SessionWatchers _watchers = new(log);
    private int? _epoch;
    private long _epochHeardIn;
    private readonly GrainRegistration _registration = new(context, fence, services);

    private string UserId => GrainKeys.Id(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public async Task<bool> RecordAsync(SessionRecord session)
    {
        if (_loading is not null)
        {
            _toldWhileLoading.Add(session);
        }

        Keep(session);
        _watchers.Tell(() => SessionSnapshots.Of(session, clock.GetMicroNow()));
        await _registration.PassAsync();
        if (session.EndedAt is not null || session.ExpiryPublishedAt is not null)
        {
            // A session that is over stays over, so the user's grain is not asked: very many sessions may expire together.
            return true;
        }

        if (session.UserEpoch < await EpochAsync())
        {
            return false;
        }

        if (options.Value.MaxSessionsPerUser > 0 || options.Value.UnprovedLimit > 0)
        {
            await LoadAsync();
            EndBeyondLimits(session);
        }

        return true;
    }

    /// <inheritdoc/>
    public async Task DoubtAsync()
    {
        _doubts++;
        await _registration.PassAsync();
    }

    /// <inheritdoc/>
    public async Task<SessionPage> SearchAsync(Caller caller, SessionQuery query)
    {
        await LoadAsync();
        if (_sessions is null)
        {
            return await search.SearchAsync(caller, query);
        }

        var user = await IdentifyAsync();
        var now = clock.GetMicroNow();
        var present = _sessions.Values.Where(session => !session.IsGone(now, options.Value.Retention));
        return SessionMatching.Page(present.Select(session => new FoundSession(session, user)), caller, query, now);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<SessionSnapshot>> WatchAsync(Caller caller, ISessionObserver observer)
    {
        var user = await IdentifyAsync();
        if (caller.UserId != UserId)
        {
            caller.Require(Permission.SessionRead, user?.OrganizationId);
        }

        // The observer is notified from now on: a change during the load reaches it twice rather than never.
        _watchers.Add(observer);
        await LoadAsync();
        var now = clock.GetMicroNow();
        var present = _sessions?.Values.ToList() ?? await OfUserAsync();
        return
        [
            .. present.Where(session => !session.IsGone(now, options.Value.Retention)).Select(session => SessionSnapshots.Of(session, now)),
        ];
    }

    /// <inheritdoc/>
    public Task UnwatchAsync(ISessionObserver observer)
    {
        _watchers.Remove(observer);
        return Task.CompletedTask;
    }

    private void Keep(SessionRecord session)
    {
        if (_sessions is null)
        {
            return;
        }

        if (session.EndedAt is not null)
        {
            _sessions.Remove(session.Id);
        }
        else if (_sessions.Count >= MaxKept)
        {
            // The cache stays empty until the next load. Loading a thousand sessions for each search would be the very work that the cache
            // avoids.
            _sessions = null;
        }
        else
        {
            _sessions[session.Id] = session;
        }
    }

    /// <summary>
    /// A load in progress may have begun before the latest reason to load. Then it does not count. While sessions may report to another
    /// activation, the question itself is such a reason.
    /// </summary>
    private async Task LoadAsync()
    {
        var needed = !_registration.HearsAll ? _loads + (_loading is null ? 1 : 2) : 0;
        while (!(_loads >= needed && clock.GetUtcNow() - _loadedAt < s_believedFor && _loadedIn == (fence.Epoch, _doubts)))
        {
            await (_loading ??= LoadFromDirectoryAsync());
        }
    }

    /// <summary>
    /// Changes reported while the query runs may be missing from its result, or newer than it, so they are applied afterwards.
    /// </summary>
    private async Task LoadFromDirectoryAsync()
    {
        try
        {
            // Gives the caller the chance to store this task before it can finish.
            await Task.Yield();
            var reasons = (fence.Epoch, _doubts);
            await _registration.ConfirmAsync();
            var found = await OfUserAsync();
            _loads++;
            _sessions = found.Count < MaxKept ? found.ToDictionary(session => session.Id) : null;
            (_loadedAt, _loadedIn) = (clock.GetUtcNow(), reasons);
            _toldWhileLoading.ForEach(Keep);
        }
        finally
        {
            _toldWhileLoading.Clear();
            _loading = null;
        }
    }

    private async Task<List<SessionRecord>> OfUserAsync()
    {
        try
        {
            var rows = await directory.OfUserAsync(UserId, MaxKept, CancellationToken.None);
            return [.. rows.Select(row => serializer.Deserialize<SessionRecord>(row.Payload.Span))];
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    /// <summary>
    /// While the user's grain is asked, <see cref="EndAllAsync"/> may bring a later epoch: the answer must not undo that.
    /// </summary>
    private async ValueTask<int> EpochAsync()
    {
        if (_epoch is null || !_registration.HasHeardAllSince(_epochHeardIn))
        {
            var heardIn = fence.Epoch;
            var told = (await IdentifyAsync())?.SessionEpoch ?? int.MaxValue;
            (_epoch, _epochHeardIn) = (Math.Max(_epoch ?? 0, told), heardIn);
        }

        return _epoch.Value;
    }

    private Task<UserIdentity?> IdentifyAsync() => GrainFactory.GetGrain<IUserFactors>(GrainKeys.User(UserId)).TryIdentifyAsync();
}
