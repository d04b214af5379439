using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Organizations;

/// <content>The first administrators of an organization.</content>
internal sealed partial class OrganizationsGrain
{
    /// <summary>The only timer; <c>null</c> after it has fired.</summary>
    private IGrainTimer? _settling;

    /// <summary>Whether an earlier call with this command has written its plan.</summary>
    private static bool IsPlanned(OrganizationsRecord known, AddOrganization command) =>
        (known.Unsettled ?? []).FirstOrDefault(plan => plan.Id == command.Id) is { } plan
        && plan.Administrators.Select(admin => (admin.UserId, admin.RequestId))
            .SequenceEqual(command.Administrators.Select(admin => (admin.UserId, admin.Person?.RequestId)));

    /// <summary>
    /// Writes what is going to be done. Fails unless the caller may change all administrators who should exist, and they do exist.
    /// </summary>
    private async Task PlanAsync(AddOrganization command)
    {
        foreach (var admin in command.Administrators.Where(admin => admin.Person is null))
        {
            await CallAsync(() => Authority(admin.UserId).EnsureMayAsync(command.Caller, Permission.UserWrite));
        }

        // Another call with this id may not have come to its end.
        await SettleAsync(command.Id);
        var known = await ReadAsync();
        var plan = new UnsettledOrganization
        {
            Id = command.Id,
            Administrators =
            [
                .. command.Administrators.Select(admin => new UnsettledAdministrator
                {
                    UserId = admin.UserId,
                    Roles = admin.Roles,
                    RequestId = admin.Person?.RequestId,
                }),
            ],
        };
        if ((known.Unsettled ?? []).Any(other => other.Id == plan.Id))
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }

        await _state.ReplaceAsync(known with { Unsettled = (known.Unsettled ?? []).Add(plan) });
    }

    /// <summary>Creates the persons. A repeated call gets the same answer.</summary>
    private async Task<ImmutableArray<AddedPerson>> CreatePersonsAsync(AddOrganization command)
    {
        var persons = ImmutableArray.CreateBuilder<AddedPerson>();
        foreach (var admin in command.Administrators)
        {
            if (admin.Person is { } person)
            {
                var create = person with { Caller = command.Caller, OrganizationId = command.Id };
                var change = await GrainCalls.RepeatAsync(() => User(admin.UserId).CreateAsync(create), _clock, CancellationToken.None);
                persons.Add(new AddedPerson(admin.UserId, change));
            }
        }

        return persons.ToImmutable();
    }

    /// <summary>Gives the roles and forgets the plan.</summary>
    private async Task GrantAsync(AddOrganization command)
    {
        foreach (var admin in command.Administrators)
        {
            await GrantAsync(command.Caller, command.Id, admin.UserId, admin.Roles);
        }

        await ForgetAsync(command.Id);
    }

    /// <summary>A repeated call finds the administrator that the first call made.</summary>
    private Task GrantAsync(Caller caller, string organizationId, string userId, ImmutableArray<string> roles) =>
        CallAsync(async () =>
        {
            try
            {
                await User(userId).AddAdministratorAsync(caller, organizationId, roles);
            }
            catch (SessionException exception) when (exception.Error == SessionErrors.AdministratorExists)
            {
                await User(userId).UpdateAdministratorAsync(caller, organizationId, roles);
            }
        });

    private async Task ForgetAsync(string organizationId)
    {
        var known = await ReadAsync();
        if (known.Unsettled is { } unsettled && unsettled.RemoveAll(plan => plan.Id == organizationId) is var left && left != unsettled)
        {
            await _state.ReplaceAsync(known with { Unsettled = left.IsEmpty ? null : left });
        }
    }

    /// <summary>Finishes or takes back what a call has left of its plan. If that fails, it is tried again later.</summary>
    private async Task SettleAsync(string organizationId)
    {
        try
        {
            var known = await ReadAsync();
            if ((known.Unsettled ?? []).FirstOrDefault(plan => plan.Id == organizationId) is not { } plan)
            {
                return;
            }

            // The rights of the caller were checked before the plan was written. The caller need not have the right to delete users.
            var isAdded = known.Organizations.Any(organization => organization.Id == organizationId);
            foreach (var admin in plan.Administrators)
            {
                if (isAdded)
                {
                    await GrantAsync(Caller.InCluster, organizationId, admin.UserId, admin.Roles);
                }
                else if (admin.RequestId is { } requestId)
                {
                    await CallAsync(() => Authority(admin.UserId).UndoCreationAsync(requestId));
                }
            }

            await ForgetAsync(organizationId);
        }
        catch (Exception exception)
        {
            NotSettled(_log, organizationId, exception);
            SettleLater();
        }
    }

    private void SettleLater() =>
        _settling ??= this.RegisterGrainTimer(SettleAllAsync, new GrainTimerCreationOptions(s_untilSettled, Timeout.InfiniteTimeSpan));

    private async Task SettleAllAsync()
    {
        _settling?.Dispose();
        _settling = null;
        try
        {
            foreach (var plan in (await ReadAsync()).Unsettled ?? [])
            {
                await SettleAsync(plan.Id);
            }
        }
        catch (Exception exception)
        {
            NotRead(_log, exception);
            SettleLater();
        }
    }

    private IUserGrain User(string userId) => GrainFactory.GetGrain<IUserGrain>(GrainKeys.User(userId));

    private IUserAuthority Authority(string userId) => GrainFactory.GetGrain<IUserAuthority>(GrainKeys.User(userId));

    private Task CallAsync(Func<Task> call) => GrainCalls.RepeatIdempotentAsync(call, _clock, CancellationToken.None);

    [LoggerMessage(LogLevel.Warning, "The first administrators of organization {OrganizationId} are not settled yet")]
    private static partial void NotSettled(ILogger log, string organizationId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The plans of organizations that are being added could not be read")]
    private static partial void NotRead(ILogger log, Exception exception);
}
