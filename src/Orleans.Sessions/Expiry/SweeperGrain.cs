using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Oidc.Logout;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Expiry;

/// <inheritdoc cref="ISweeperGrain"/>
[GrainType("sweeper")]
internal sealed class SweeperGrain(
    IGrainFactory grains,
    ISessionDirectory sessions,
    IUserDirectory users,
    IIntentDirectory intents,
    ILogoutOutbox logouts,
    IUsedOnceStore usedOnce,
    ISamlLoginDirectory samlLogins,
    IAuditStore audit,
    IOptions<AuditOptions> auditOptions,
    IOptions<SessionOptions> options,
    IOptions<LogoutOptions> logout,
    ExpiryTurns turns,
    TimeProvider clock,
    ILogger<SweeperGrain> log
) : Grain, ISweeperGrain
{
    private const int Batch = 200;
    private const int MaxBatches = 25;
    private static readonly TimeSpan s_longestPurgeInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long a sweep waits for expired sessions. The rest of the sweep does not wait for very many of them.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A publication that is later than this takes its turn without a rest. Otherwise, if sessions kept expiring faster than turns with
    /// rests can publish, the database would fill up.
    /// </summary>
    private static readonly TimeSpan s_latest = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _resuming = new(StringComparer.Ordinal);
    private Task _expiring = Task.CompletedTask;
    private DateTimeOffset _sweptAt = DateTimeOffset.MinValue;
    private DateTimeOffset _purgedAt = DateTimeOffset.MinValue;

    private TimeSpan PurgeInterval => options.Value.Retention < s_longestPurgeInterval ? options.Value.Retention : s_longestPurgeInterval;

    /// <inheritdoc/>
    public async Task SweepAsync()
    {
        var now = clock.GetMicroNow();

        // A clock that was set back must not stop the sweeps until it has caught up.
        if ((now - _sweptAt).Duration() < options.Value.Expiry.SweepInterval)
        {
            return;
        }

        _sweptAt = now;
        await ExpireAsync();
        await TryAsync("half-done endings", ResumeEndingsAsync);
        if ((now - _purgedAt).Duration() >= PurgeInterval)
        {
            _purgedAt = now;
            await TryAsync("closed organizations", ResumeOrganizationsAsync);
            var before = now - options.Value.Retention;
            await TryAsync("stray sessions", () =>
                ForEachAsync(() => sessions.StrayAsync(Batch, default), id => Session(id).EndStrayAsync())
            );
            var isMore = await PurgeAsync("sessions", () => sessions.PurgeAsync(before, Batch, default));
            isMore |= await PurgeAsync("events", () => sessions.PurgeEventsAsync(before, Batch, default));
            isMore |= await PurgeAsync("intents", () => intents.PurgeAsync(now, Batch, default));
            isMore |= await PurgeAsync("SAML requests", () => samlLogins.PurgeAsync(now, Batch, default));
            isMore |= await PurgeAsync("SAML logouts", () => samlLogins.PurgeLogoutsAsync(now, Batch, default));
            isMore |= await PurgeAsync("SAML artifacts", () => samlLogins.PurgeArtifactsAsync(now, Batch, default));
            isMore |= await PurgeAsync("authorizations", () => logouts.PurgeAuthorizationsAsync(now, Batch, default));
            isMore |= await PurgeAsync("logouts", () => logouts.PurgeAsync(now - logout.Value.Retention, Batch, default));
            isMore |= await PurgeAsync("security events", () => audit.PurgeAsync(now - auditOptions.Value.Retention, Batch, default));
            isMore |= await PurgeAsync("what was used once", () => usedOnce.PurgeAsync(now, Batch, default));
            if (isMore)
            {
                // There is more than fits into one sweep. Strangers can create this much, so the next sweep continues at once.
                _purgedAt = DateTimeOffset.MinValue;
            }
        }
    }

    /// <summary>Publishes the expiry of sessions that are not in memory. If there are very many, this continues after the sweep.</summary>
    private async Task ExpireAsync()
    {
        if (_expiring.IsCompleted)
        {
            _expiring = TryAsync("expired sessions", PublishAsync);
        }

        await Task.WhenAny(_expiring, Task.Delay(s_longestWait, clock));
    }

    private async Task PublishAsync()
    {
        for (var batch = 0; batch < MaxBatches; batch++)
        {
            var now = clock.GetMicroNow();
            var late = await sessions.ExpiredAsync(now - s_latest, Batch, default);
            await PublishAsync(late, rests: false);
            if (late.Count == Batch)
            {
                continue;
            }

            var due = await sessions.ExpiredAsync(now, Batch, default);
            await PublishAsync(due, rests: true);
            if (due.Count < Batch)
            {
                return;
            }
        }
    }

    private Task PublishAsync(IReadOnlyList<string> ids, bool rests) =>
        Task.WhenAll(ids.Select(id => turns.RunAsync(() => TryAsync(id, () => Session(id).ExpireAsync()), rests, CancellationToken.None)));

    private async Task ForEachAsync(Func<Task<IReadOnlyList<string>>> find, Func<string, Task> handle)
    {
        for (var batch = 0; batch < MaxBatches; batch++)
        {
            var ids = await find();
            using var turns = new SemaphoreSlim(ExpiryTurns.AtOnce);
            await Task.WhenAll(
                ids.Select(async id =>
                {
                    await turns.WaitAsync();
                    await TryAsync(id, () => handle(id));
                    turns.Release();
                })
            );
            if (ids.Count < Batch)
            {
                return;
            }
        }
    }

    /// <summary>The sweep does not wait for this: ending thousands of sessions takes longer than other tasks may wait.</summary>
    private async Task ResumeEndingsAsync()
    {
        foreach (var id in await users.EndingSessionsAsync(Batch, default))
        {
            if (_resuming.Add(id))
            {
                _ = ResumeEndingAsync(id);
            }
        }
    }

    private async Task ResumeEndingAsync(string userId)
    {
        await TryAsync(userId, () => grains.GetGrain<IUserFactors>(GrainKeys.User(userId)).ResumeEndingSessionsAsync());
        _resuming.Remove(userId);
    }

    /// <summary>The sweep does not wait for this either.</summary>
    private async Task ResumeOrganizationsAsync()
    {
        foreach (var id in await grains.GetGrain<IOrganizationStates>(GrainKeys.Instance).ListUnsettledAsync())
        {
            if (_resuming.Add(GrainKeys.Organization(id)))
            {
                _ = ResumeOrganizationAsync(id);
            }
        }
    }

    private async Task ResumeOrganizationAsync(string id)
    {
        var key = GrainKeys.Organization(id);
        await TryAsync(id, () => grains.GetGrain<IOrganizationStanding>(key).SettleAsync());
        _resuming.Remove(key);
    }

    /// <summary>Returns whether more remains than one sweep can purge.</summary>
    private async Task<bool> PurgeAsync(string what, Func<Task<int>> purge)
    {
        var batches = 0;
        await TryAsync(what, async () =>
        {
            while (await purge() == Batch && ++batches < MaxBatches) { }
        });
        return batches == MaxBatches;
    }

    /// <summary>A failed task must not stop the other tasks; the next sweep tries it again.</summary>
    private async Task TryAsync(string what, Func<Task> sweep)
    {
        try
        {
            await sweep();
        }
        catch (Exception exception)
        {
            SweeperLog.Failed(log, what, exception);
        }
    }

    private ISessionLifecycle Session(string id) => grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(id));
}

internal static partial class SweeperLog
{
    [LoggerMessage(LogLevel.Warning, "The sweeper could not finish {What}; it tries again")]
    public static partial void Failed(ILogger log, string what, Exception exception);
}
