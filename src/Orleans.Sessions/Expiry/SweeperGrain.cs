using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Directory;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Expiry;

/// <inheritdoc cref="ISweeperGrain"/>
[GrainType("sweeper")]
public sealed class SweeperGrain(
    ISessionDirectory sessions, IUserDirectory users, IIntentDirectory intents, ILogoutOutbox logouts, IUsedOnceStore usedOnce, ISamlLoginDirectory samlLogins,
    IOptions<SessionOptions> options, IOptions<OidcOptions> oidc, TimeProvider clock, ILogger<SweeperGrain> log)
    : Grain, ISweeperGrain
{
    private const int Batch = 200;
    private const int MaxBatches = 25;
    private static readonly TimeSpan s_longestPurgeInterval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _sweptAt = DateTimeOffset.MinValue;
    private DateTimeOffset _purgedAt = DateTimeOffset.MinValue;

    private TimeSpan PurgeInterval => options.Value.Retention < s_longestPurgeInterval ? options.Value.Retention : s_longestPurgeInterval;

    /// <inheritdoc/>
    public async Task SweepAsync()
    {
        var now = clock.GetMicroNow();
        if (now - _sweptAt < options.Value.Expiry.SweepInterval)
        {
            return;
        }

        _sweptAt = now;
        try
        {
            await ForEachAsync(() => sessions.ExpiredAsync(now, Batch, default), id => Session(id).ExpireAsync());
            await ForEachAsync(() => users.EndingSessionsAsync(Batch, default), id => User(id).ResumeEndingSessionsAsync());
            if (now - _purgedAt >= PurgeInterval)
            {
                _purgedAt = now;
                await ForEachAsync(() => sessions.StrayAsync(Batch, default), id => Session(id).EndAsync(SessionEndReason.UserLocked, epoch: null));
                var before = now - options.Value.Retention;
                await PurgeAsync(() => sessions.PurgeAsync(before, Batch, default));
                await PurgeAsync(() => sessions.PurgeEventsAsync(before, Batch, default));
                await PurgeAsync(() => intents.PurgeAsync(now, Batch, default));
                await PurgeAsync(() => samlLogins.PurgeAsync(now, Batch, default));
                await PurgeAsync(() => samlLogins.PurgeLogoutsAsync(now, Batch, default));
                await PurgeAsync(() => logouts.PurgeAsync(now, now - oidc.Value.Logout.Retention, Batch, default));
                await PurgeAsync(() => usedOnce.PurgeAsync(now, Batch, default));
            }
        }
        catch (StoreUnavailableException exception)
        {
            SweeperLog.StoreAway(log, exception);
        }
    }

    private async Task ForEachAsync(Func<Task<IReadOnlyList<string>>> find, Func<string, Task> handle)
    {
        for (var batch = 0; batch < MaxBatches; batch++)
        {
            var ids = await find();
            await Task.WhenAll(ids.Select(id => TryAsync(id, handle)));
            if (ids.Count < Batch)
            {
                return;
            }
        }
    }

    /// <summary>One that fails must not keep the others waiting; the next sweep finds it again.</summary>
    private async Task TryAsync(string id, Func<string, Task> handle)
    {
        try
        {
            await handle(id);
        }
        catch (Exception exception) when (exception is not StoreUnavailableException)
        {
            SweeperLog.Failed(log, id, exception);
        }
    }

    private static async Task PurgeAsync(Func<Task<int>> purge)
    {
        for (var batch = 0; batch < MaxBatches && await purge() == Batch; batch++)
        {
        }
    }

    private ISessionLifecycle Session(string id) => GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(id));

    private IUserFactors User(string id) => GrainFactory.GetGrain<IUserFactors>(GrainKeys.User(id));
}

internal static partial class SweeperLog
{
    [LoggerMessage(LogLevel.Warning, "The sweep stops: storage is away")]
    public static partial void StoreAway(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Sweeping {Id} failed; it will be tried again")]
    public static partial void Failed(ILogger log, string id, Exception exception);
}
