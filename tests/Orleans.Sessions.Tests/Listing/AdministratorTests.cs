using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Listing;

/// <summary>Who sees which administrators.</summary>
[Collection(nameof(LenientCluster))]
public sealed class AdministratorTests(LenientCluster cluster)
{
    private IAdministratorsGrain Administrators => cluster.Grains.GetGrain<IAdministratorsGrain>(0);

    [Fact]
    public async Task A_caller_sees_the_administrators_of_what_it_administers_and_its_own_roles()
    {
        var (here, there) = (NewName("org"), NewName("org"));
        var both = await cluster.NewHumanAsync();
        await cluster.User(both).AddAdministratorAsync(Caller.InCluster, here, ["ORG_OWNER"]);
        await cluster.User(both).AddAdministratorAsync(Caller.InCluster, there, ["ORG_USER_MANAGER"]);
        var owner = await cluster.NewMachineAsync("IAM_OWNER_VIEWER");
        var nobody = await cluster.NewHumanAsync();

        Assert.Equal([here, there, "instance"], await SeenAsync(CallerWith(Permission.MemberRead)));
        Assert.Equal([here], await SeenAsync(CallerWith(organizationId: here, there: Permission.MemberRead)));
        Assert.Equal([here, there], await SeenAsync(CallerWith() with { UserId = both }));
        Assert.Empty(await SeenAsync(CallerWith() with { UserId = nobody }));
        // The right to change members of another organization, or other rights on this one, show nobody.
        Assert.Empty(await SeenAsync(CallerWith(organizationId: here, there: Permission.UserRead | Permission.MemberWrite)));

        async Task<IEnumerable<string>> SeenAsync(Caller caller) =>
            (await Administrators.ListAsync(caller, [both, owner, nobody]))
                .OrderBy(view => view.UserId == owner)
                .ThenBy(view => view.OrganizationId == there)
                .Select(view => view.OrganizationId ?? "instance");
    }

    [Fact]
    public async Task A_caller_without_the_right_sees_only_itself_however_it_asks()
    {
        var (one, other) = (await cluster.NewMachineAsync("IAM_OWNER"), await cluster.NewMachineAsync("IAM_OWNER"));
        var caller = CallerWith() with { UserId = one };
        Assert.Equal([one], (await Administrators.ListAsync(caller, null)).Select(view => view.UserId));
        Assert.Equal([one], (await Administrators.ListAsync(caller, [one, other])).Select(view => view.UserId));
        Assert.Empty(await Administrators.ListAsync(caller, [other]));
        Assert.Empty(await Administrators.ListAsync(CallerWith(Permission.MemberRead), []));
    }

    [Fact]
    public async Task Roles_have_dates_of_their_own()
    {
        var id = await cluster.NewHumanAsync();
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var granted = await cluster.User(id).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER_VIEWER"]);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var changed = await cluster.User(id).UpdateAdministratorAsync(Caller.InCluster, null, ["IAM_USER_MANAGER"]);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.User(id).LockAsync(Caller.InCluster);

        var view = Assert.Single(await Administrators.ListAsync(Caller.InCluster, [id]));

        Assert.Equal((granted, changed), (view.CreatedAt, view.ChangedAt));
        Assert.Equal(["IAM_USER_MANAGER"], view.Roles);
        Assert.Equal(("Ada Lovelace", OrganizationId), (view.DisplayName, view.UserOrganizationId));
    }

    [Fact]
    public async Task Whose_roles_are_gone_is_no_administrator()
    {
        var (removed, deleted) = (await cluster.NewMachineAsync("IAM_OWNER"), await cluster.NewMachineAsync("IAM_OWNER"));
        await cluster.NewMachineAsync("IAM_OWNER");
        await cluster.User(removed).RemoveAdministratorAsync(Caller.InCluster, null);
        await cluster.User(deleted).DeleteAsync(Caller.InCluster);
        Assert.Empty(await Administrators.ListAsync(Caller.InCluster, [removed, deleted]));
    }
}
