using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Instance;

/// <inheritdoc cref="IInstanceGrain"/>
[GrainType("instance")]
internal sealed class InstanceGrain : Grain, IInstanceGrain
{
    private const string AdministratorName = "admin";
    private static readonly string[] s_administratorRoles = ["IAM_OWNER", "IAM_LOGIN_CLIENT"];

    private readonly IdGenerator _ids;
    private readonly TimeProvider _clock;
    private readonly DurableState<InstanceRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public InstanceGrain(IGrainContext context, IdGenerator ids, TimeProvider clock, StateServices state)
    {
        (_ids, _clock) = (ids, clock);
        _state = new(StateNames.Instance, context, state);
    }

    /// <inheritdoc/>
    public async Task<InstanceIdentity> GetAsync()
    {
        var instance = await LoadAsync();
        return new InstanceIdentity(instance.InstanceId, instance.OrganizationId) { CreatedAt = instance.CreatedAt };
    }

    /// <inheritdoc/>
    public async Task<bool> BootstrapAsync(string token)
    {
        if (!PersonalAccessToken.TryParse(token, out var userId, out _))
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        var instance = await LoadAsync();
        if (instance.IsBootstrapped)
        {
            return instance.AdministratorId == userId;
        }

        // Each step can be repeated, and the last write records that all steps are done. If a node dies in between, the next start
        // continues.
        var abandoned = instance.Abandoned ?? [];
        if (instance.AdministratorId is { } earlier && earlier != userId)
        {
            abandoned = abandoned.Add(earlier);
        }

        await _state.ReplaceAsync(instance with { AdministratorId = userId, Abandoned = abandoned });
        await ForAllAsync(abandoned, async user =>
            await user.UpdateAsync(new UpdateUser { Caller = Caller.InCluster, UserName = $"{AdministratorName}-{await _ids.NextAsync()}" })
        );
        await CreateAdministratorAsync(userId, AdministratorName, "Made at the first start.", token);

        // Only now: the last owner cannot be deleted.
        await ForAllAsync(abandoned, user => user.DeleteAsync(Caller.InCluster));
        await _state.ReplaceAsync(_state.Value! with { IsBootstrapped = true, Abandoned = null });
        return true;
    }

    /// <inheritdoc/>
    public async Task<string> RecoverAsync(string token)
    {
        if (!PersonalAccessToken.TryParse(token, out var userId, out _))
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        await CreateAdministratorAsync(userId, $"{AdministratorName}-{userId}", "Made from the command line.", token);
        return userId;
    }

    /// <summary>
    /// Changes the abandoned administrators: a node died before its administrator was complete, and the token now belongs to another user.
    /// An abandoned user may never have been created.
    /// </summary>
    private async Task ForAllAsync(ImmutableArray<string> userIds, Func<IUserGrain, Task> change)
    {
        foreach (var userId in userIds)
        {
            try
            {
                await change(GrainFactory.GetGrain<IUserGrain>(GrainKeys.User(userId)));
            }
            catch (SessionException exception)
                when (exception.Error == SessionErrors.UserNotFound || exception.Error == SessionErrors.DeleteUserNotFound)
            {
                // The user was never created, or is already deleted.
            }
        }
    }

    private async Task CreateAdministratorAsync(string userId, string userName, string description, string token)
    {
        var organizationId = (await LoadAsync()).OrganizationId;
        var user = GrainFactory.GetGrain<IUserGrain>(GrainKeys.User(userId));
        await user.CreateAsync(
            new CreateUser
            {
                Caller = Caller.InCluster,
                OrganizationId = organizationId,
                UserName = userName,
                Machine = new MachineProfile("Administrator", description),
                RequestId = nameof(BootstrapAsync),
            }
        );
        try
        {
            await user.AddAdministratorAsync(Caller.InCluster, organizationId: null, [.. s_administratorRoles]);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.AdministratorExists)
        {
            // An earlier start has already done this.
        }

        await user.AddPersonalAccessTokenAsync(Caller.InCluster, token, expiresAt: null);
    }

    private async ValueTask<InstanceRecord> LoadAsync()
    {
        if (await _state.ReadAsync() is null)
        {
            await _state.ReplaceAsync(
                new InstanceRecord
                {
                    InstanceId = await _ids.NextAsync(),
                    OrganizationId = await _ids.NextAsync(),
                    CreatedAt = _clock.GetMicroNow(),
                }
            );
        }

        return _state.Value!;
    }
}
