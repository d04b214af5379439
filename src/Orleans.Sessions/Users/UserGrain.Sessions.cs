using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <content>Notifications after a durable change: to the user's sessions, and to the cache of the login name.</content>
internal sealed partial class UserGrain
{
    private Task? _ending;
    private UserRecord? _identified;
    private UserIdentity? _identity;

    private IUserSessionsGrain UserSessions => GrainFactory.GetGrain<IUserSessionsGrain>(GrainKeys.User(Id));

    /// <inheritdoc/>
    public async Task<UserIdentity> IdentifyAsync()
    {
        // The user's sessions on one node share this object.
        var user = Existing(await _state.ReadAsync(), SessionErrors.UserNotFound);
        if (_identity is null || !ReferenceEquals(_identified, user))
        {
            (_identified, _identity) = (user, Identity(user));
        }

        return _identity;
    }

    /// <inheritdoc/>
    public async Task<int> EndSessionsAsync(Caller caller, ImmutableArray<string> except)
    {
        await AuthorizeAsync(caller, UserAct.EndSessions);
        return await UserSessions.DeleteAsync(except);
    }

    /// <inheritdoc/>
    public async Task<bool> IsCoveredByAsync(Caller caller) => await _state.ReadAsync() is not { } user || UserAccess.Covers(caller, user);

    /// <inheritdoc/>
    public async Task ResumeEndingSessionsAsync()
    {
        await _state.ReadAsync();
        await EndSessionsAsync();
    }

    /// <summary>The time of a proof that a change makes. It counts although this node's clock may be behind that of another one.</summary>
    private DateTimeOffset Proving(UserRecord user) =>
        ProofRules.EarliestProof(Identity(user)) is var earliest && earliest > Now ? earliest : Now;

    private UserIdentity Identity(UserRecord user) => UserRules.Identity(user, _services.PasswordPolicy);

    private async Task PublishAsync(Change change)
    {
        var (before, after, _) = change;
        if (before is null || before == after)
        {
            return;
        }

        if (before.LoginNameKey is { } key && key != after.LoginNameKey)
        {
            await TellAsync(() => GrainFactory.GetGrain<ILoginNameGrain>(GrainKeys.LoginName(key)).ForgetAsync());
        }

        if (after.SessionEpoch == before.SessionEpoch && Identity(after) is var identity && identity != Identity(before))
        {
            await TellAsync(() => UserSessions.UserChangedAsync(identity));
        }

        if (after.SessionEpoch != before.SessionEpoch || (after.EndingProvedBefore is { } ending && ending != before.EndingProvedBefore))
        {
            await EndSessionsNowAsync();
        }
    }

    /// <summary>The recipients notice the change by themselves a little later, so a lost message does not fail the change.</summary>
    private async Task TellAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception exception)
        {
            UserLog.TellingFailed(_services.Log, Id, exception);
        }
    }

    /// <summary>
    /// A caller who took away the right to log in wants to know that no session is left when the answer comes. If a session may be left,
    /// the answer is that the cluster could not do it. The change stands and the sweeper goes on. Sessions of an earlier epoch are refused
    /// as soon as they ask for their user's identity, which they do once a minute.
    /// </summary>
    private async Task EndSessionsNowAsync()
    {
        try
        {
            await EndSessionsAsync();
        }
        catch (Exception exception)
        {
            UserLog.EndingFailed(_services.Log, Id, exception);
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    /// <summary>
    /// After a lockout the session that asked waits for this grain's answer, and ending that session would wait for the session: the ending
    /// must not be awaited. If this node dies meanwhile, the sweeper finds the request to end the sessions, which was written together with
    /// the lock.
    /// </summary>
    private async Task EndSessionsLaterAsync()
    {
        try
        {
            await EndSessionsAsync();
        }
        catch (Exception exception)
        {
            UserLog.EndingFailed(_services.Log, Id, exception);
        }
    }

    /// <summary>Ends the sessions that must end. Only one run at a time: the sweeper may ask during a long run.</summary>
    private Task EndSessionsAsync() => _ending is { IsCompleted: false } ? _ending : _ending = EndSessionsOnceAsync();

    private async Task EndSessionsOnceAsync()
    {
        while (_state.Value is { EndingSessions: { } reason, SessionEpoch: var epoch, EndingProvedBefore: var provedBefore })
        {
            await UserSessions.EndAllAsync(epoch, reason);
            if (provedBefore is { } before)
            {
                await UserSessions.EndProvedAsync(before, reason);
            }

            await DecideAsync(current =>
                new(
                    current!.SessionEpoch == epoch && current.EndingProvedBefore == provedBefore
                        ? current with
                        {
                            EndingSessions = null,
                            EndingProvedBefore = null,
                        }
                        : current
                )
            );
        }
    }
}
