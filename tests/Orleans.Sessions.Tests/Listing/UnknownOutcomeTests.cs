using Orleans.Sessions.Sessions;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Listing;

/// <summary>
/// A change is durable, but neither the session nor its caller knows: the database died before it could answer, or the report to the user's
/// index was lost. Nobody repeats the request.
/// </summary>
[Collection(nameof(LenientCluster))]
public sealed class UnknownOutcomeTests(LenientCluster cluster)
{
    [Fact]
    public async Task A_session_that_ended_without_an_answer_is_not_listed()
    {
        var (user, id) = await ListedAsync();
        await UnansweredAsync(() => EndAsync(id));
        Assert.Empty(await ListAsync(user));
    }

    [Fact]
    public async Task A_session_that_did_not_end_is_listed()
    {
        var (user, id) = await ListedAsync();
        cluster.Store.WritesUntilFailure = 0;
        await FailsAsync(SessionErrors.StorageAway, () => EndAsync(id));
        Assert.Equal([id], await ListAsync(user));
    }

    [Fact]
    public async Task A_session_that_was_created_without_an_answer_is_listed()
    {
        var user = await cluster.NewHumanAsync();
        Assert.Empty(await ListAsync(user));
        var id = NewName("session");
        await UnansweredAsync(() => CreateAsync(id, user));
        Assert.Equal([id], await ListAsync(user));
    }

    [Fact]
    public async Task A_session_that_was_bound_to_a_user_without_an_answer_is_listed()
    {
        var user = await cluster.NewHumanAsync();
        var id = NewName("session");
        await cluster.Session(id).CreateAsync(new CreateSession { Caller = Caller.InCluster });
        Assert.Empty(await ListAsync(user));
        await UnansweredAsync(() => SetAsync(id, set => set with { Checks = new Checks { User = new UserCheck { UserId = user } } }));
        Assert.Equal([id], await ListAsync(user));
    }

    [Fact]
    public async Task What_was_changed_without_an_answer_is_listed()
    {
        var (user, id) = await ListedAsync();
        await UnansweredAsync(() => SetAsync(id, set => set with { Lifetime = TimeSpan.FromHours(1) }));
        Assert.NotNull((await SearchAsync(user)).Single().ExpirationDate);
        Assert.NotNull((await cluster.Session(id).GetAsync(Caller.InCluster, null)).ExpirationDate);
    }

    [Fact]
    public async Task A_session_whose_end_was_not_reported_is_not_listed()
    {
        var (user, id) = await ListedAsync();
        cluster.RecordsToLose = 1;
        await Assert.ThrowsAsync<TimeoutException>(() => EndAsync(id));
        Assert.Empty(await ListAsync(user));
    }

    [Fact]
    public async Task A_session_that_ends_without_an_answer_while_the_list_is_loaded_is_not_listed()
    {
        var user = await cluster.NewHumanAsync();
        var id = await cluster.NewSessionAsync(user);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        cluster.Store.MeanwhileUserIsLookedUp(() => UnansweredAsync(() => EndAsync(id)));
        Assert.Empty(await ListAsync(user));
    }

    [Fact]
    public async Task Two_sessions_that_end_without_an_answer_at_once_are_not_listed()
    {
        var user = await cluster.NewHumanAsync();
        var (first, second) = (await cluster.NewSessionAsync(user), await cluster.NewSessionAsync(user));
        Assert.Equal(2, (await ListAsync(user)).Length);
        await Task.WhenAll(
            UnansweredAsync(() => EndAsync(first), writes: 2),
            FailsAsync(SessionErrors.StorageAway, () => EndAsync(second))
        );
        Assert.Empty(await ListAsync(user));
    }

    /// <summary>A user with one session, which the user's index has.</summary>
    private async Task<(string User, string Id)> ListedAsync()
    {
        var user = await cluster.NewHumanAsync();
        var id = await cluster.NewSessionAsync(user);
        Assert.Equal([id], await ListAsync(user));
        return (user, id);
    }

    private async Task UnansweredAsync(Func<Task> call, int writes = 1)
    {
        cluster.Store.AnswersToLose = writes;
        await FailsAsync(SessionErrors.StorageAway, call);
    }

    private Task<SessionChange> CreateAsync(string id, string user) =>
        cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = user } },
                }
            );

    private Task<SessionChange> SetAsync(string id, Func<SetSession, SetSession> with) =>
        cluster.Session(id).SetAsync(with(new SetSession { Caller = Caller.InCluster }));

    private Task<SessionDetails?> EndAsync(string id) => cluster.Session(id).DeleteAsync(Caller.InCluster, null);

    private async Task<string[]> ListAsync(string user) => [.. (await SearchAsync(user)).Select(session => session.Id)];

    private async Task<IEnumerable<SessionView>> SearchAsync(string user) =>
        (
            await cluster
                .Grains.GetGrain<IUserSessionsGrain>(GrainKeys.User(user))
                .SearchAsync(Caller.InCluster, new SessionQuery { Filters = [new SessionFilter.User(user)] })
        ).Sessions;
}
