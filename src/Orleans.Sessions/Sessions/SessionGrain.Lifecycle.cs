using Orleans.Runtime;
using Orleans.Sessions.Events;
using Orleans.Sessions.State;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <content>What happens to a session over time: it expires, it is ended, its user changes.</content>
internal sealed partial class SessionGrain
{
    /// <summary>
    /// The longest time for which a timer is set. A timer takes half a kilobyte, and an unused session leaves memory before a longer timer
    /// could fire. A use closer to the session's end sets a timer; the sweeper finds all other sessions.
    /// </summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    private IGrainTimer? _expiry;
    private SessionWatchers? _watchers;
    private SessionStay? _stay;

    /// <inheritdoc/>
    public async Task EndAsync(SessionEndReason reason, int? epoch)
    {
        if (await _state.ReadAsync() is { EndedAt: null } session && (epoch is null || session.UserEpoch < epoch))
        {
            await EndAsync(session, reason, isBackground: true);
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
            await EndAsync(session, reason, isBackground: true);
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
            Events = [new(SessionEvent.Expired, SessionEndReason.Expired, now)],
        };
        await WriteAsync(expired, isBackground: true);
        _services.Meter.Ended.Add(1, new KeyValuePair<string, object?>("reason", nameof(SessionEndReason.Expired)));
        if (_watchers is null)
        {
            // Nobody has a use for it any more. Very many that expire together must not fill the memory.
            DeactivateOnIdle();
        }
    }

    /// <inheritdoc/>
    public async Task UseAsync()
    {
        var now = Now;
        if (await _state.ReadAsync() is not { EndedAt: null } session || !SessionExpiry.IsUseDue(session, now))
        {
            return;
        }

        var used = SessionExpiry.Noted(HardwareProof.At(session, now), now) with { Events = null };
        await WriteAsync(used);
    }

    /// <inheritdoc/>
    public async Task UserChangedAsync(UserIdentity user)
    {
        NoteStay();
        _reader.Remember(user, Now);
        await _state.Registration.PassAsync();
    }

    /// <inheritdoc/>
    public async Task ForgetProofsAsync(UserIdentity user)
    {
        if (await _state.ReadAsync() is not { EndedAt: null } session || !ProofRules.IsTouchedByChanges(session, user))
        {
            return;
        }

        // This is not a change of the session itself: sequence and change date do not move.
        var left = ProofRules.Standing(session, user) with { Events = null, Outbox = null };
        await WriteAsync(left);
    }

    /// <inheritdoc/>
    public async Task<SessionSnapshot?> WatchAsync(Caller caller, ISessionObserver observer)
    {
        if (await LoadAsync() is not { } session)
        {
            this.Forget();
            return null;
        }

        if (!SessionRules.MayRead(session, caller))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        (_watchers ??= new SessionWatchers(_services.Log)).Add(observer);
        NoteStay();
        return SessionSnapshots.Of(session, Now);
    }

    /// <inheritdoc/>
    public Task UnwatchAsync(ISessionObserver observer)
    {
        _watchers?.Remove(observer);
        return Task.CompletedTask;
    }

    /// <summary>Ends it. Ends that may come in thousands are writes of the background, so that they do not delay those of others.</summary>
    private async Task<SessionRecord> EndAsync(SessionRecord session, SessionEndReason reason, bool isBackground = false)
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
            Events = [new(SessionEvent.Terminated, reason, now)],
        };
        try
        {
            await WriteAsync(ended, isBackground: isBackground);
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }

        _services.Meter.Ended.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
        return ended;
    }

    private async Task EndStrayAsync(SessionRecord session) =>
        await EndAsync(session, SessionRules.StrayReason(session.UserId is { } id ? await _reader.AskAsync(id) : null));

    /// <summary>
    /// Writes durably, and tells everyone who must know before the change is acknowledged or read: a client that has read that a session
    /// has ended must not find it in a list.
    /// </summary>
    private async Task WriteAsync(SessionRecord next, UserIdentity? user = null, bool isBackground = false)
    {
        var isOfPresentEpoch = true;
        await _state.WriteAsync(
            next,
            report: async () =>
            {
                if (next.Outbox is not null)
                {
                    _services.Notifier.Wake();
                }

                NoteStay();
                _reader.Remember(user, Now);
                ArmExpiry(next);
                isOfPresentEpoch = await RecordAsync(next);
            },
            isBackground: isBackground
        );
        await EnsureAliveAsync(next, isOfPresentEpoch);
    }

    /// <summary>Tells everyone of a change again whose first report may have failed.</summary>
    private async Task AnnounceAsync(SessionRecord session) => await EnsureAliveAsync(session, await RecordAsync(session));

    /// <summary>
    /// If the user has ended all sessions meanwhile (a lock that raced with this login), this session must not come to life.
    /// </summary>
    private async Task EnsureAliveAsync(SessionRecord session, bool isOfPresentEpoch)
    {
        if (!isOfPresentEpoch)
        {
            await EndStrayAsync(session);
            throw new SessionException(SessionErrors.UserNotActive);
        }
    }

    /// <summary>Returns <c>false</c> if the user has ended all sessions since this one was bound to the user.</summary>
    private async Task<bool> RecordAsync(SessionRecord session)
    {
        var isOfPresentEpoch = session.UserId is null || await UserSessions(session.UserId).RecordAsync(session);
        _watchers?.Tell(() => SessionSnapshots.Of(session, Now));
        return isOfPresentEpoch;
    }

    private Task DoubtAsync(SessionRecord session) =>
        session.UserId is null ? Task.CompletedTask : UserSessions(session.UserId).DoubtAsync();

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
            // A turn may be long in coming. Neither requests nor the end of this activation wait for it.
            _expiry = this.RegisterGrainTimer(
                static (grain, end) =>
                {
                    grain._services.Expiring.Enter(grain.AsReference<ISessionLifecycle>(), end);
                    return Task.CompletedTask;
                },
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

    /// <summary>The first use, or another one: a session that is used again stays in memory for longer.</summary>
    private void NoteStay()
    {
        if (_stay is null)
        {
            _stay = _services.Idle.Enter(GrainContext);
        }
        else
        {
            _stay.IsUsedAgain = true;
        }
    }

    private IUserSessionsGrain UserSessions(string userId) => _services.UserSessions.Get(GrainKeys.User(userId));
}
