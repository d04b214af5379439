using Orleans.Runtime;
using Orleans.Sessions.Events;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <content>What happens to a session over time: it expires, it is ended, its user changes.</content>
public sealed partial class SessionGrain
{
    /// <summary>
    /// The longest time for which a timer is set. A timer takes half a kilobyte, and an unused session leaves memory before a longer timer
    /// could fire. A use closer to the session's end sets a timer; the sweeper finds all other sessions.
    /// </summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);

    private IGrainTimer? _expiry;
    private SessionWatchers? _watchers;

    /// <inheritdoc/>
    public async Task EndAsync(SessionEndReason reason, int? epoch)
    {
        if (await _state.ReadAsync() is { EndedAt: null } session && (epoch is null || session.UserEpoch < epoch))
        {
            await EndAsync(session, reason);
        }
    }

    /// <inheritdoc/>
    public async Task EndStrayAsync()
    {
        if (await _state.ReadAsync() is { EndedAt: null } session)
        {
            await EndStrayAsync(session);
        }
    }

    /// <inheritdoc/>
    public async Task EndProvedAsync(SessionEndReason reason, DateTimeOffset before)
    {
        if (await _state.ReadAsync() is { EndedAt: null } session && ProofRules.IsProvedBefore(session, before))
        {
            await EndAsync(session, reason);
        }
    }

    /// <inheritdoc/>
    public async Task ExpireAsync()
    {
        var now = Now;
        if (await _state.ReadAsync() is not { EndedAt: null, ExpiryPublishedAt: null, ExpiresAt: { } expiresAt } session)
        {
            return;
        }

        if (now < expiresAt)
        {
            ArmExpiry(session);
            return;
        }

        // For its readers an expired session stays as it was: sequence and change date do not move.
        var expired = session with
        {
            ExpiryPublishedAt = now,
            Outbox = null,
            Events = [new("session.expired", SessionEndReason.Expired, now)],
        };
        await _state.WriteAsync(expired);
        _services.Meter.Ended.Add(1, new KeyValuePair<string, object?>("reason", nameof(SessionEndReason.Expired)));
        await AnnounceAsync(expired);
    }

    /// <inheritdoc/>
    public async Task UseAsync()
    {
        var now = Now;
        if (await _state.ReadAsync() is not { EndedAt: null } session || !SessionExpiry.IsUseDue(session, now))
        {
            return;
        }

        var used = SessionExpiry.Used(session, now) with { Events = null };
        await _state.WriteAsync(used);
        ArmExpiry(used);
        await AnnounceAsync(used);
    }

    /// <inheritdoc/>
    public async Task UserChangedAsync(UserIdentity user)
    {
        await _services.State.Fence.PassAsync(GrainContext);
        _reader.Remember(user, Now);
    }

    /// <inheritdoc/>
    public async Task ForgetProofsAsync(UserIdentity user)
    {
        if (await _state.ReadAsync() is not { EndedAt: null } session || !ProofRules.IsTouchedByRevocations(session, user))
        {
            return;
        }

        // This is not a change of the session itself: sequence and change date do not move.
        var left = ProofRules.Standing(session, user) with { Events = null, Outbox = null };
        await _state.WriteAsync(left);
        await AnnounceAsync(left);
    }

    /// <inheritdoc/>
    public async Task<SessionSnapshot?> WatchAsync(Caller caller, ISessionObserver observer)
    {
        if (await LoadAsync() is not { } session)
        {
            Forget(SessionErrors.SessionNotFound);
            return null;
        }

        if (!SessionRules.MayRead(session, caller))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        (_watchers ??= new SessionWatchers(_services.Log)).Add(observer);
        return SessionSnapshots.Of(session, Now);
    }

    /// <inheritdoc/>
    public Task UnwatchAsync(ISessionObserver observer)
    {
        _watchers?.Remove(observer);
        return Task.CompletedTask;
    }

    private async Task<SessionRecord> EndAsync(SessionRecord session, SessionEndReason reason)
    {
        var now = Now;
        var ended = session with
        {
            EndedAt = now,
            ChangedAt = now,
            Sequence = session.Sequence + 1,
            Answers = null,
            Earlier = null,
            Outbox = null,
            Events = [new("session.terminated", reason, now)],
        };
        await _state.ReplaceAsync(ended);
        _expiry?.Dispose();
        _services.Meter.Ended.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
        Tell(ended);
        if (ended.UserId is not null)
        {
            await UserSessions(ended.UserId).RecordAsync(ended);
        }

        return ended;
    }

    private async Task EndStrayAsync(SessionRecord session) =>
        await EndAsync(session, SessionRules.StrayReason(session.UserId is { } id ? await _reader.AskAsync(id) : null));

    /// <summary>
    /// Tells the grain with the user's sessions before the change is acknowledged. If the user has ended all sessions meanwhile (a lock
    /// that raced with this login), this session must not come to life.
    /// </summary>
    private async Task AnnounceAsync(SessionRecord session)
    {
        Tell(session);
        if (session.UserId is null || await UserSessions(session.UserId).RecordAsync(session))
        {
            return;
        }

        await EndStrayAsync(session);
        throw new SessionException(SessionErrors.UserNotActive);
    }

    private void Tell(SessionRecord session) => _watchers?.Tell(() => SessionSnapshots.Of(session, Now));

    private void ArmExpiry(SessionRecord session)
    {
        _expiry?.Dispose();
        _expiry = null;
        if (
            session is { ExpiresAt: { } expiresAt, EndedAt: null, ExpiryPublishedAt: null }
            && expiresAt - Now is var wait
            && wait <= s_longestWait
        )
        {
            // The timer interleaves, so that requests do not wait while the session waits for its turn.
            _expiry = this.RegisterGrainTimer(
                static (grain, end) => grain._services.Expiring.ExpireAsync(grain.AsReference<ISessionLifecycle>(), end),
                this,
                new()
                {
                    DueTime = wait < TimeSpan.Zero ? TimeSpan.Zero : wait,
                    Period = Timeout.InfiniteTimeSpan,
                    Interleave = true,
                }
            );
        }
    }

    private IUserSessionsGrain UserSessions(string userId) => _services.UserSessions.Get(GrainKeys.User(userId));
}
