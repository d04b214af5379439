using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>
/// An installation always has an owner who can act. Three failures lock a user in this cluster. This is one test, because any other owner
/// changes who is the last one.
/// </summary>
public sealed class LastOwnerTests(LockingCluster cluster) : IClassFixture<LockingCluster>
{
    [Fact]
    public async Task The_last_owner_is_neither_locked_nor_deactivated_nor_deleted_nor_stripped()
    {
        var (owner, user) = await NewOwnerAsync();
        foreach (
            var change in new Func<Task>[]
            {
                () => user.LockAsync(Caller.InCluster),
                () => user.DeactivateAsync(Caller.InCluster),
                () => user.DeleteAsync(Caller.InCluster),
                () => user.RemoveAdministratorAsync(Caller.InCluster, null),
                () => user.UpdateAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER_VIEWER"]),
            }
        )
        {
            await FailsAsync(SessionErrors.LastOwner, change);
            Assert.Equal(
                (UserState.Active, "IAM_OWNER"),
                (cluster.Store.User(owner)!.State, cluster.Store.User(owner)!.Roles!.Value.Single().Roles.Single())
            );
        }

        // The refused changes have changed nothing: the owner's password is still good.
        await cluster.Factors(owner).VerifyPasswordAsync(Password);

        var (_, other) = await NewOwnerAsync();
        await user.LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.LastOwner, () => other.LockAsync(Caller.InCluster));
        await user.UnlockAsync(Caller.InCluster);
        await other.DeleteAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.LastOwner, () => user.DeleteAsync(Caller.InCluster));

        // An owner without any way to log in does not count.
        await cluster.NewMachineAsync("IAM_OWNER");
        await FailsAsync(SessionErrors.LastOwner, () => user.DeleteAsync(Caller.InCluster));

        await RacingOwnersLeaveOneAsync(owner);
        await FailedChecksDoNotLockTheLastOwnerAsync();
    }

    private async Task RacingOwnersLeaveOneAsync(string first)
    {
        var (second, _) = await NewOwnerAsync();
        var errors = await Task.WhenAll(
            ErrorOfAsync(() => cluster.User(first).LockAsync(OwnerAs(second))),
            ErrorOfAsync(() => cluster.User(second).LockAsync(OwnerAs(first)))
        );
        Assert.Single(errors, error => error is null);
        Assert.Single(errors, error => error == SessionErrors.LastOwner);
    }

    private async Task FailedChecksDoNotLockTheLastOwnerAsync()
    {
        var (last, user) = await NewOwnerAsync();
        foreach (
            var other in cluster
                .Store.Users()
                .Where(other => other.Id != last && other is { State: UserState.Active, Roles: not null, Kind: UserKind.Human })
        )
        {
            await cluster.User(other.Id).LockAsync(Caller.InCluster);
        }

        for (var failures = 1; failures <= 5; failures++)
        {
            var exception = await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.Factors(last).VerifyPasswordAsync("wrong"));
            Assert.Equal(failures, exception.FailedAttempts);
        }

        await cluster.Factors(last).VerifyPasswordAsync(Password);
        Assert.Equal(UserState.Active, (await user.GetAsync(Caller.InCluster)).State);
    }

    private static Caller OwnerAs(string id) => CallerWith(Roles.PermissionsOf(["IAM_OWNER"])) with { UserId = id };

    private async Task<(string Id, IUserGrain User)> NewOwnerAsync()
    {
        var id = await cluster.NewHumanAsync();
        await cluster.User(id).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        return (id, cluster.User(id));
    }
}
