using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.SessionCluster;

namespace Orleans.Sessions.Tests.Listing;

[Collection(nameof(LenientCluster))]
public sealed class ManySessionsTests(LenientCluster cluster)
{
    [Fact]
    public async Task Sessions_that_are_too_many_to_be_kept_are_not_loaded_for_each_search()
    {
        var user = await cluster.NewHumanAsync();
        foreach (var batch in Enumerable.Range(0, 1001).Chunk(100))
        {
            await Task.WhenAll(batch.Select(_ => cluster.Session(NewName("session")).CreateAsync(
                new CreateSession { Caller = Caller.InCluster, Checks = new Checks { User = new UserCheck { UserId = user } } })));
        }

        Assert.Equal(1001, await CountAsync(user));
        var before = cluster.Store.LookupsOfUsers;
        Assert.Equal(1001, await CountAsync(user));
        Assert.Equal(before, cluster.Store.LookupsOfUsers);
    }

    private async Task<long> CountAsync(string user)
    {
        var page = await cluster.Grains.GetGrain<IUserSessionsGrain>(GrainKeys.User(user)).SearchAsync(
            Caller.InCluster, new SessionQuery { Filters = [new SessionFilter.User(user)] });
        return page.Total;
    }
}
