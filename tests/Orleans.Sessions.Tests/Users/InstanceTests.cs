using Orleans.Sessions.Instance;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

public sealed class InstanceTests(LenientCluster cluster) : IClassFixture<LenientCluster>
{
    [Fact]
    public async Task An_installation_gets_its_ids_and_its_first_administrator_once()
    {
        var instance = cluster.Grains.GetGrain<IInstanceGrain>(GrainKeys.Instance);
        var identity = await instance.GetAsync();
        Assert.Equal(identity, await instance.GetAsync());
        await FailsAsync(SessionErrors.TokenInvalid, () => instance.BootstrapAsync("nonsense"));

        var id = NewName("administrator");
        var first = PersonalAccessToken.Create(id, "1");
        Assert.True(await instance.BootstrapAsync(first));
        Assert.True(await instance.BootstrapAsync(first));
        Assert.False(await instance.BootstrapAsync(PersonalAccessToken.Create(NewName("administrator"), "1")));

        var caller = await cluster.User(id).AuthenticateAsync(first);
        Assert.True(caller.May(Permission.MemberWrite) && caller.May(Permission.SessionLink));
        Assert.Equal(identity.OrganizationId, caller.OrganizationId);
        var view = await cluster.User(id).GetAsync(Caller.InCluster);
        Assert.Equal(("admin", 1), (view.UserName, cluster.Store.User(id)!.AccessTokens!.Value.Length));
        await FreeNameAsync(id);
    }

    [Fact]
    public async Task Another_administrator_can_be_made_when_the_first_one_is_locked_out()
    {
        var instance = cluster.Grains.GetGrain<IInstanceGrain>(GrainKeys.Instance);
        var id = NewName("recovered");
        var token = PersonalAccessToken.Create(id, "1");
        await FailsAsync(SessionErrors.TokenInvalid, () => instance.RecoverAsync("nonsense"));

        Assert.Equal(id, await instance.RecoverAsync(token));
        Assert.Equal(id, await instance.RecoverAsync(token));

        var caller = await cluster.User(id).AuthenticateAsync(token);
        Assert.True(caller.May(Permission.MemberWrite) && caller.May(Permission.SessionLink));
        Assert.Single(cluster.Store.User(id)!.AccessTokens!.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wherever_a_node_dies_the_next_start_finishes(bool withTheSameToken)
    {
        for (var key = 1; ; key++)
        {
            // Each round is an installation of its own. It dies one write later than in the round before.
            var instance = cluster.Grains.GetGrain<IInstanceGrain>($"i-{withTheSameToken}-{key}");
            var (first, second) = (NewName("admin"), NewName("admin"));
            var token = PersonalAccessToken.Create(first, "1");
            cluster.Store.WritesUntilFailure = key - 1;
            var error = await ErrorOfAsync(() => instance.BootstrapAsync(token));
            cluster.Store.WritesUntilFailure = null;

            var next = withTheSameToken ? token : PersonalAccessToken.Create(second, "1");
            Assert.Equal(error is not null || withTheSameToken, await instance.BootstrapAsync(next));
            var admin = error is null || withTheSameToken ? first : second;
            await cluster.User(admin).AuthenticateAsync(error is null ? token : next);
            await FreeNameAsync(admin);
            if (error is null)
            {
                Assert.True(key > 6, "Fewer writes were made to fail than there are.");
                return;
            }
        }
    }

    private Task<UserChange> FreeNameAsync(string id) =>
        cluster.User(id).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, UserName = id });
}
