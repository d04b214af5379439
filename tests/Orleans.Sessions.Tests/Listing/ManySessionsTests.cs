using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

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
            await Task.WhenAll(
                batch.Select(_ =>
                    cluster
                        .Session(NewName("session"))
                        .CreateAsync(
                            new CreateSession
                            {
                                Caller = Caller.InCluster,
                                Checks = new Checks { User = new UserCheck { UserId = user } },
                            }
                        )
                )
            );
        }

        Assert.Equal(1001, await CountAsync(user));
        var before = cluster.Store.LookupsOfUsers;
        Assert.Equal(1001, await CountAsync(user));
        Assert.Equal(before, cluster.Store.LookupsOfUsers);
    }

    [Fact]
    public async Task Who_ends_two_thousand_sessions_at_once_or_asks_again_meanwhile_ends_all_of_them_once()
    {
        const int Many = 2000;
        var user = await cluster.NewHumanAsync();
        var names = Enumerable.Range(0, Many).Select(_ => NewName("session")).ToList();
        foreach (var batch in names.Chunk(100))
        {
            await Task.WhenAll(
                batch.Select(name =>
                    cluster
                        .Session(name)
                        .CreateAsync(
                            new CreateSession
                            {
                                Caller = Caller.InCluster,
                                Checks = new Checks { User = new UserCheck { UserId = user } },
                            }
                        )
                )
            );
        }

        var index = cluster.Grains.GetGrain<IUserSessionsGrain>(GrainKeys.User(user));
        var ended = await Task.WhenAll(index.DeleteAsync([]), index.DeleteAsync([]));

        Assert.Equal([Many, Many], ended);
        Assert.All(names, name => Assert.NotNull(cluster.Store.Session(name)!.EndedAt));
        Assert.Equal(0, await CountAsync(user));
    }

    private async Task<long> CountAsync(string user)
    {
        var page = await cluster
            .Grains.GetGrain<IUserSessionsGrain>(GrainKeys.User(user))
            .SearchAsync(Caller.InCluster, new SessionQuery { Filters = [new SessionFilter.User(user)] });
        return page.Total;
    }
}
