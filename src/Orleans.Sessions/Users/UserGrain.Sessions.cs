using System.Collections.Immutable;
using Orleans.Sessions.Directory;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <content>What others learn of a change once it is durable: the user's sessions, and who remembers the login name.</content>
public sealed partial class UserGrain
{
    private Task? _ending;
    private UserRecord? _identified;
    private UserIdentity? _identity;

    private IUserSessionsGrain UserSessions => GrainFactory.GetGrain<IUserSessionsGrain>(GrainKeys.User(Id));

    /// <inheritdoc/>
    public async Task<UserIdentity> IdentifyAsync()
    {
        // The sessions of a user on one node share it.
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

    private UserIdentity Identity(UserRecord user) => UserRules.Identity(user, _services.PasswordPolicy);

    private async Task PublishAsync(Change change)
    {
        var (before, after, _) = change;
        if (before is null || before == after)
        {
            return;
        }

        if (before.Directory.LoginNameKey is { } key && key != after.Directory.LoginNameKey)
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

    /// <summary>Others notice by themselves a little later, so a message that is lost does not fail the change.</summary>
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
    /// Whoever took the right to log in away wants to know that no session is left when the answer comes. If one may be left, the answer is
    /// that the cluster could not do it; the change stands, the sweeper goes on, and sessions of an earlier epoch are refused as soon as they ask who their user is, which they do once a minute.
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
    /// After a lockout the session that asked waits for our answer, and ending that session would wait for it: the ending must not be
    /// awaited. If this node dies meanwhile, the sweeper finds what was noted in the same write as the lock.
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

    /// <summary>Ends what is to be ended, once at a time: the sweeper asks, too, while a long ending goes on.</summary>
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

            await DecideAsync(current => new(current!.SessionEpoch == epoch && current.EndingProvedBefore == provedBefore
                ? current with { EndingSessions = null, EndingProvedBefore = null }
                : current));
        }
    }
}
