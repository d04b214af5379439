using Orleans.Sessions.Organizations;
using Orleans.Sessions.Tests.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Organizations;

[Collection(nameof(StoredCluster))]
public sealed class OrganizationSweepTests(StoredCluster cluster)
{
    /// <summary>A grain call takes longer than nothing, so this is minutes.</summary>
    private const int Questions = 100_000;

    [Fact]
    public async Task The_sweeper_does_what_a_node_had_promised_that_died_right_after_it()
    {
        var (id, user) = (NewName("organization"), NewName());
        await cluster.Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).AddAsync(Caller.InCluster, id, NewName("Organization"));
        await cluster.User(user).CreateAsync(NewHuman(user) with { OrganizationId = id, UserName = user });
        var (session, _) = await cluster.NewSessionAsync(command =>
            command with
            {
                Checks = new Checks { User = new UserCheck { UserId = user }, Password = StoredCluster.Password },
            }
        );
        Assert.NotNull(await cluster.StoredAsync(session));
        var states = cluster.Grains.GetGrain<IOrganizationStates>(GrainKeys.Instance);
        await states.BeginAsync(id, OrganizationState.Removed);
        await cluster.ForgetAsync();

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.SweepAsync();
        for (var asked = 0; asked < Questions && (await states.ListUnsettledAsync()).Contains(id); asked++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await FailsAsync(SessionErrors.UserNotFound, () => cluster.User(user).GetAsync(Caller.InCluster));
        Assert.Null(await cluster.StoredAsync(session));
    }
}
