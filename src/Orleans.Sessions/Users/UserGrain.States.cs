using Orleans.Sessions.Lockout;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <content>The states of a user. A change that takes away the right to log in also ends the sessions.</content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public Task<UserDetails> LockAsync(Caller caller) =>
        EditAsync(caller, UserAct.Lock, user =>
            user.State is UserState.Active or UserState.Initial
                ? UserRules.EndSessions(user with { State = UserState.Locked }, SessionEndReason.UserLocked)
                : throw new SessionException(SessionErrors.LockUserNotActive)
        );

    /// <inheritdoc/>
    public Task<UserDetails> UnlockAsync(Caller caller) => EditAsync(caller, UserAct.Unlock, user => user.State == UserState.Locked
                ? UserRules.Activate(user)
            : IsBlocked(user) ? GuessRules.Forgotten(user)
            : throw new SessionException(SessionErrors.UnlockUserNotLocked));

    /// <inheritdoc/>
    public Task<UserDetails> DeactivateAsync(Caller caller) => EditAsync(caller, UserAct.Deactivate, user => user.State switch
            {
                UserState.Initial => throw new SessionException(SessionErrors.DeactivateUserInitial),
                UserState.Inactive => throw new SessionException(SessionErrors.DeactivateUserAlready),
                _ => UserRules.EndSessions(user with { State = UserState.Inactive }, SessionEndReason.UserDeactivated),
            });

    /// <inheritdoc/>
    public async Task<UserDetails> ReactivateAsync(Caller caller)
    {
        var inactive = await AuthorizeAsync(caller, UserAct.Reactivate);
        await EnsureOrganizationIsOpenAsync(inactive.OrganizationId);
        var details = await EditAsync(caller, UserAct.Reactivate, user =>
            user is { State: UserState.Inactive, SuspendedFrom: null }
                ? UserRules.Activate(user)
                : throw new SessionException(
                    user.SuspendedFrom is null ? SessionErrors.ReactivateUserNotInactive : SessionErrors.OrganizationInactive
                )
        );
        if (!await IsOrganizationOpenAsync(inactive.OrganizationId))
        {
            await SuspendAsync();
            throw new SessionException(SessionErrors.OrganizationInactive);
        }

        return details;
    }

    /// <inheritdoc/>
    public Task<UserDetails> SkipMfaInitAsync(Caller caller) =>
        EditAsync(caller, UserAct.SkipMfaInit, user =>
            user.Kind == UserKind.Human
                ? user with
                {
                    MfaInitSkippedAt = Now,
                }
                : throw new SessionException(SessionErrors.SkipMfaUserNotFound)
        );

    /// <inheritdoc/>
    public Task<UserDetails> DeleteAsync(Caller caller) => EditAsync(caller, UserAct.Delete, UserRules.Tombstone);

    /// <inheritdoc/>
    public async Task UndoCreationAsync(string requestId)
    {
        if (await _state.ReadAsync() is not { } user)
        {
            this.Forget();
        }
        else if (user.RequestId == requestId && UserRules.Exists(user))
        {
            await DeleteAsync(Caller.InCluster);
        }
    }
}
