using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

/// <summary>Owners cannot take away the role by which they themselves administer.</summary>
public sealed class OwnLastRightTests(LenientCluster cluster) : IClassFixture<LenientCluster>
{
    [Fact]
    public async Task Nobody_takes_their_own_last_right()
    {
        await NewOwnerAsync();
        var id = await NewOwnerAsync();
        var user = cluster.User(id);
        var self = CallerWith(Roles.PermissionsOf(["IAM_OWNER"])) with { UserId = id };
        await FailsAsync(SessionErrors.OwnLastRight, () => user.RemoveAdministratorAsync(self, null));
        await user.AddAdministratorAsync(self, "org-x", ["ORG_OWNER"]);
        await user.RemoveAdministratorAsync(self, "org-x");
        await FailsAsync(SessionErrors.OwnLastRight, () => user.RemoveAdministratorAsync(self, null));
    }

    private async Task<string> NewOwnerAsync()
    {
        var id = await cluster.NewHumanAsync();
        await cluster.User(id).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        return id;
    }
}
