using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>
/// A change is durable, but the node with the user's index dies before it receives the change. The caller repeats the request.
/// </summary>
[Collection(nameof(LenientCluster))]
public sealed class LostAnnouncementTests(LenientCluster cluster)
{
    [Fact]
    public async Task A_repeated_create_is_listed_once_it_is_answered()
    {
        var user = await cluster.NewHumanAsync();
        Assert.Empty(await ListAsync(user));
        var id = NewName("session");
        var command = new CreateSession
        {
            Caller = Caller.InCluster,
            Token = SessionToken.Create(id),
            Checks = new Checks { User = new UserCheck { UserId = user } },
        };
        await LosingAsync(() => cluster.Session(id).CreateAsync(command));
        await cluster.Session(id).CreateAsync(command);
        Assert.Equal([id], await ListAsync(user));
    }

    [Fact]
    public async Task A_repeated_update_is_listed_once_it_is_answered()
    {
        var user = await cluster.NewHumanAsync();
        var id = NewName("session");
        await cluster.Session(id).CreateAsync(new CreateSession { Caller = Caller.InCluster });
        Assert.Empty(await ListAsync(user));
        var command = new SetSession
        {
            Caller = Caller.InCluster,
            Token = SessionToken.Create(id),
            Checks = new Checks { User = new UserCheck { UserId = user } },
        };
        await LosingAsync(() => cluster.Session(id).SetAsync(command));
        await cluster.Session(id).SetAsync(command);
        Assert.Equal([id], await ListAsync(user));
    }

    [Fact]
    public async Task A_repeated_delete_is_not_listed_once_it_is_answered()
    {
        var user = await cluster.NewHumanAsync();
        var id = await cluster.NewSessionAsync(user);
        Assert.Equal([id], await ListAsync(user));
        await LosingAsync(() => cluster.Session(id).DeleteAsync(Caller.InCluster, null));
        await cluster.Session(id).DeleteAsync(Caller.InCluster, null);
        Assert.Empty(await ListAsync(user));
    }

    private async Task LosingAsync(Func<Task> call)
    {
        cluster.RecordsToLose = 1;
        await Assert.ThrowsAsync<TimeoutException>(call);
        cluster.RecordsToLose = 0;
    }

    private async Task<string[]> ListAsync(string user)
    {
        var page = await cluster
            .Grains.GetGrain<IUserSessionsGrain>(GrainKeys.User(user))
            .SearchAsync(Caller.InCluster, new SessionQuery { Filters = [new SessionFilter.User(user)] });
        return [.. page.Sessions.Select(session => session.Id)];
    }
}
