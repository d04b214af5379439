using Orleans.Sessions.Organizations;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <content>The user as one of the people of an organization, which may be closed.</content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public async Task SuspendAsync()
    {
        if (!UserRules.Exists(await _state.ReadAsync()))
        {
            this.Forget();
            return;
        }

        var change = await DecideAsync(current => new(Stamped(current!, UserRules.Suspend(current!))));
        if (change.After == change.Before)
        {
            // An earlier call may have failed before the sessions were ended.
            await EndSessionsNowAsync();
        }
        else
        {
            await PublishAsync(change);
        }
    }

    /// <inheritdoc/>
    public async Task RestoreAsync()
    {
        if (UserRules.Exists(await _state.ReadAsync()))
        {
            await PublishAsync(await DecideAsync(current => new(Stamped(current!, UserRules.Restore(current!)))));
        }
    }

    private UserRecord Stamped(UserRecord before, UserRecord after) => after == before ? before : Stamp(after);

    private async Task EnsureOrganizationIsOpenAsync(string organizationId)
    {
        if (!await IsOrganizationOpenAsync(organizationId))
        {
            throw new SessionException(SessionErrors.OrganizationInactive);
        }
    }

    /// <summary>
    /// Asked before and after a user becomes active. If the organization is closed at the same time, either this answer says so, or the
    /// organization's grain finds the user.
    /// </summary>
    private async Task<bool> IsOrganizationOpenAsync(string organizationId) =>
        await OrganizationStateAsync(organizationId) == OrganizationState.Active;

    private async Task<OrganizationState> OrganizationStateAsync(string organizationId)
    {
        // The default organization cannot be closed.
        if (organizationId == _services.Instance.OrganizationId)
        {
            return OrganizationState.Active;
        }

        var standing = GrainFactory.GetGrain<IOrganizationStanding>(GrainKeys.Organization(organizationId));
        return await GrainCalls.RepeatIdempotentAsync(() => standing.StateAsync(), _services.Clock, CancellationToken.None);
    }
}
