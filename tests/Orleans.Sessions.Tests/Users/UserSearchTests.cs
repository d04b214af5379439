using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class UserSearchTests(StrictCluster cluster)
{
    private IUserSearchGrain Search => cluster.Grains.GetGrain<IUserSearchGrain>(0);

    [Fact]
    public async Task A_caller_finds_whom_it_may_read_and_the_total_counts_the_same()
    {
        var (organization, other) = (NewName("org"), NewName("org"));
        var ids = new[] { await cluster.NewHumanAsync(organizationId: organization), await cluster.NewHumanAsync(organizationId: other) };
        var query = new UserQuery { Filters = [new UserFilter.Ids([.. ids])] };

        var everything = await Search.SearchAsync(Caller.InCluster, query);
        Assert.Equal((2, 2), (everything.Users.Length, everything.Total));
        var organizational = await Search.SearchAsync(CallerWith(organizationId: organization, there: Permission.UserRead), query);
        Assert.Equal((ids[0], 1), (Assert.Single(organizational.Users).Id, organizational.Total));
        var self = await Search.SearchAsync(CallerWith() with { UserId = ids[1] }, query);
        Assert.Equal((ids[1], 1), (Assert.Single(self.Users).Id, self.Total));
        Assert.Equal("Ada Lovelace", everything.Users[0].Human!.Profile.DisplayName);
    }

    [Fact]
    public async Task A_change_is_found_at_once_and_a_deleted_user_is_not()
    {
        var id = await cluster.NewHumanAsync();
        var query = new UserQuery { Filters = [new UserFilter.Ids([id])] };
        await cluster.User(id).LockAsync(Caller.InCluster);
        Assert.Equal(UserState.Locked, Assert.Single((await Search.SearchAsync(Caller.InCluster, query)).Users).State);
        await cluster.User(id).DeleteAsync(Caller.InCluster);
        Assert.Empty((await Search.SearchAsync(Caller.InCluster, query)).Users);
    }

    [Fact]
    public async Task An_exact_total_is_counted_for_a_caller_with_a_role()
    {
        var organization = NewName("org");
        var id = await cluster.NewHumanAsync(organizationId: organization);
        var query = new UserQuery { Filters = [new UserFilter.Ids([id])], ExactTotal = true };
        var manager = CallerWith(organizationId: organization, there: Permission.UserRead);
        cluster.Store.EstimatesTotals = true;
        try
        {
            Assert.Equal((1, true), await TotalAsync(Caller.InCluster, query));
            Assert.Equal((1, true), await TotalAsync(manager, query));
            Assert.Equal((20_000, false), await TotalAsync(CallerWith() with { UserId = id }, query));
            Assert.Equal((20_000, false), await TotalAsync(manager, query with { ExactTotal = false }));
        }
        finally
        {
            cluster.Store.EstimatesTotals = false;
        }
    }

    private async Task<(long Total, bool IsExact)> TotalAsync(Caller caller, UserQuery query)
    {
        var page = await Search.SearchAsync(caller, query);
        return (page.Total, page.IsTotalExact);
    }

    [Fact]
    public async Task What_may_be_asked_is_limited()
    {
        var wide = new UserFilter.Or([.. Enumerable.Repeat(new UserFilter.And([]), 20)]);
        await FailsAsync(SessionErrors.QueryTooComplex, () => Search.SearchAsync(Caller.InCluster, new UserQuery { Filters = [wide] }));
        await FailsAsync(SessionErrors.LimitExceeded, () => Search.SearchAsync(Caller.InCluster, new UserQuery { Limit = 1001 }));
    }
}
