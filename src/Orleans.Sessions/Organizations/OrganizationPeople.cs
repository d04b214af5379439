using System.Runtime.ExceptionServices;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Organizations;

/// <summary>
/// Walks through the people of an organization, oldest first, a few at the same time. Each step can be repeated, and a walk leaves out
/// those who have taken it already. So the repetition of a walk writes only what is left.
/// </summary>
internal sealed class OrganizationPeople(IUserDirectory users, StateSerializer serializer, IGrainFactory grains)
{
    private const int Batch = 100;

    /// <summary>More would delay the requests of other users, each with its own writes.</summary>
    private const int AtOnce = 8;

    /// <summary>Fails with <c>AUTH-AWfge</c> if somebody in the organization has rights that the caller does not have.</summary>
    public async Task EnsureCoveredAsync(string organizationId, Caller caller)
    {
        // A caller who may grant every role has every right.
        if (caller.May(Permission.MemberWrite))
        {
            return;
        }

        UserRecord? last = null;
        while (await PageAsync(organizationId, last) is { Count: > 0 } page)
        {
            last = page[^1];
            if (page.Exists(user => !UserAccess.Covers(caller, user)))
            {
                throw new SessionException(SessionErrors.PermissionMissing);
            }
        }
    }

    /// <summary>Takes away the right to log in, and ends the sessions. Fails with <c>COMMAND-Own03</c> for the last owner.</summary>
    public Task SuspendAsync(string organizationId) =>
        EachAsync(organizationId, UserRules.IsToSuspend, user => Authority(user).SuspendAsync());

    /// <summary>Gives back the states from before.</summary>
    public Task RestoreAsync(string organizationId) =>
        EachAsync(organizationId, user => user.SuspendedFrom is not null, user => Authority(user).RestoreAsync());

    /// <summary>Deletes everybody.</summary>
    public Task DeleteAsync(string organizationId) => EachAsync(organizationId, _ => true, DeleteAsync);

    /// <summary>Takes the roles on the organization away from everybody, whatever organization they belong to.</summary>
    public Task RemoveAdministratorsAsync(string organizationId) =>
        EachAsync(
            last => ReadAsync(() => users.WithRolesAsync(userIds: null, last?.Id, Batch, CancellationToken.None)),
            user => (user.Roles ?? []).Any(grant => grant.OrganizationId == organizationId),
            user => RemoveAdministratorAsync(user, organizationId)
        );

    private async Task RemoveAdministratorAsync(UserRecord user, string organizationId)
    {
        try
        {
            await grains.GetGrain<IUserGrain>(GrainKeys.User(user.Id)).RemoveAdministratorAsync(Caller.InCluster, organizationId);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.UserNotFound)
        {
            // The user was deleted meanwhile.
        }
    }

    private async Task DeleteAsync(UserRecord user)
    {
        try
        {
            await grains.GetGrain<IUserGrain>(GrainKeys.User(user.Id)).DeleteAsync(Caller.InCluster);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.DeleteUserNotFound)
        {
            // Somebody else was faster.
        }
    }

    private Task EachAsync(string organizationId, Func<UserRecord, bool> which, Func<UserRecord, Task> step) =>
        EachAsync(last => PageAsync(organizationId, last), which, step);

    /// <summary>
    /// What fails for one person keeps nobody else from the step. The error is that of the last owner if it is among the failures.
    /// </summary>
    private static async Task EachAsync(
        Func<UserRecord?, Task<List<UserRecord>>> pageAfter,
        Func<UserRecord, bool> which,
        Func<UserRecord, Task> step
    )
    {
        Exception? failure = null;
        UserRecord? last = null;
        while (await pageAfter(last) is { Count: > 0 } page)
        {
            last = page[^1];
            foreach (var few in page.Where(which).Chunk(AtOnce))
            {
                await Task.WhenAll(few.Select(TryAsync));
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        async Task TryAsync(UserRecord user)
        {
            try
            {
                await step(user);
            }
            catch (Exception exception)
            {
                if (failure is null || (exception as SessionException)?.Error == SessionErrors.LastOwner)
                {
                    failure = exception;
                }
            }
        }
    }

    private Task<List<UserRecord>> PageAsync(string organizationId, UserRecord? after) =>
        ReadAsync(() => users.OfOrganizationAsync(organizationId, after?.CreatedAt, after?.Id, Batch, CancellationToken.None));

    /// <summary>SQLite works on the calling thread, which must not be a grain's thread.</summary>
    private async Task<List<UserRecord>> ReadAsync(Func<Task<IReadOnlyList<ReadOnlyMemory<byte>>>> read)
    {
        try
        {
            var rows = await Task.Run(read);
            return [.. rows.Select(row => serializer.Deserialize<UserRecord>(row.Span))];
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private IUserAuthority Authority(UserRecord user) => grains.GetGrain<IUserAuthority>(GrainKeys.User(user.Id));
}
