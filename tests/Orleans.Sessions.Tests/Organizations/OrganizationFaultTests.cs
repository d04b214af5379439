using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Tests.Organizations.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Organizations;

/// <summary>Changes of an organization's state survive crashes and meet others that happen at the same time.</summary>
[Collection(nameof(OrganizationCluster))]
public sealed class OrganizationFaultTests(OrganizationCluster cluster)
{
    [Fact]
    public async Task What_a_crash_has_left_is_finished_by_the_sweeper_or_by_a_repeated_call()
    {
        foreach (var isRepeated in new[] { false, true })
        {
            var id = await cluster.NewOrganizationAsync();
            var person = await cluster.NewHumanAsync(organizationId: id);
            var session = await cluster.NewSessionAsync(person);
            cluster.Store.SessionsAreAway = true;
            try
            {
                await FailsAsync(SessionErrors.ClusterAway, () => cluster.Organization(id).DeactivateAsync(Caller.InCluster));
            }
            finally
            {
                cluster.Store.SessionsAreAway = false;
            }

            Assert.Null(cluster.Store.Session(session)!.EndedAt);
            Assert.Contains(id, await cluster.States.ListUnsettledAsync());
            await (isRepeated ? cluster.Organization(id).DeactivateAsync(Caller.InCluster) : cluster.Standing(id).SettleAsync());

            Assert.NotNull(cluster.Store.Session(session)!.EndedAt);
            Assert.DoesNotContain(id, await cluster.States.ListUnsettledAsync());
            await FailsAsync(SessionErrors.OrganizationAlreadyInactive, () => cluster.Organization(id).DeactivateAsync(Caller.InCluster));
        }
    }

    [Fact]
    public async Task An_outage_anywhere_in_between_leaves_work_that_is_finished_later()
    {
        for (var writes = 1; writes < 6; writes++)
        {
            var id = await cluster.NewOrganizationAsync();
            var person = await cluster.NewHumanAsync(organizationId: id);
            await cluster.NewSessionAsync(person);
            cluster.Store.WritesUntilFailure = writes;
            await ErrorOfAsync(() => cluster.Organization(id).DeleteAsync(Caller.InCluster));
            cluster.Store.WritesUntilFailure = null;

            await cluster.Standing(id).SettleAsync();

            Assert.Null(await cluster.FindAsync(id));
            Assert.Equal(UserState.Deleted, cluster.Store.User(person)!.State);
        }
    }

    [Fact]
    public async Task Of_two_changes_at_once_both_are_told_the_truth()
    {
        var id = await cluster.NewOrganizationAsync();
        var person = await cluster.NewHumanAsync(organizationId: id);

        var errors = await AtOnce(() => cluster.Organization(id).DeactivateAsync(Caller.InCluster));
        Assert.All(errors, error => Assert.True(error is null || error == SessionErrors.OrganizationAlreadyInactive));
        Assert.Contains(null, errors);
        Assert.Equal(UserState.Inactive, cluster.Store.User(person)!.State);

        errors = await AtOnce(() => cluster.Organization(id).DeleteAsync(Caller.InCluster));
        Assert.All(errors, error => Assert.True(error is null || error == SessionErrors.DeleteOrganizationNotFound));
        Assert.Contains(null, errors);
        Assert.Equal(UserState.Deleted, cluster.Store.User(person)!.State);
        Assert.Single(cluster.KindsOf(id), AuditKinds.OrganizationDeleted.Name);

        static Task<SessionError?[]> AtOnce(Func<Task> call) => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ErrorOfAsync(call)));
    }

    [Fact]
    public async Task Who_is_created_while_the_organization_closes_does_not_stay()
    {
        var (id, user) = (await cluster.NewOrganizationAsync(), NewName());
        var isClosed = false;
        cluster.Intercept = async call =>
        {
            await call.Invoke();
            if (call.MethodName == "StateAsync" && !isClosed)
            {
                isClosed = true;
                await cluster.Organization(id).DeactivateAsync(Caller.InCluster);
            }
        };
        try
        {
            await FailsAsync(SessionErrors.OrganizationInactive, () =>
                cluster.User(user).CreateAsync(NewHuman(user) with { OrganizationId = id })
            );
        }
        finally
        {
            cluster.Intercept = null;
        }

        Assert.True(isClosed);
        Assert.Equal(UserState.Deleted, cluster.Store.User(user)!.State);
        await FailsAsync(SessionErrors.OrganizationInactive, () => cluster.NewHumanAsync(organizationId: id));
    }

    [Fact]
    public async Task Who_becomes_an_administrator_while_the_organization_is_deleted_does_not_stay_one()
    {
        var (id, user) = (await cluster.NewOrganizationAsync(), await cluster.NewHumanAsync());
        var isDeleted = false;
        cluster.Intercept = async call =>
        {
            await call.Invoke();
            if (call.MethodName == "StateAsync" && !isDeleted)
            {
                isDeleted = true;
                await cluster.Organization(id).DeleteAsync(Caller.InCluster);
            }
        };
        try
        {
            await FailsAsync(SessionErrors.OrganizationNotFound, () =>
                cluster.User(user).AddAdministratorAsync(Caller.InCluster, id, ["ORG_OWNER"])
            );
        }
        finally
        {
            cluster.Intercept = null;
        }

        Assert.True(isDeleted);
        Assert.Null(cluster.Store.User(user)!.Roles);
    }

    /// <summary>One test, because any other owner changes who is the last one.</summary>
    [Fact]
    public async Task The_organization_of_the_last_owner_stays_also_if_somebody_becomes_the_last_one_meanwhile()
    {
        var id = await cluster.NewOrganizationAsync();
        var (owner, colleague) = (await cluster.NewOwnerAsync(id), await cluster.NewHumanAsync(organizationId: id));
        await FailsAsync(SessionErrors.LastOwner, () => cluster.Organization(id).DeactivateAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.LastOwner, () => cluster.Organization(id).DeleteAsync(Caller.InCluster));

        var elsewhere = await cluster.NewOwnerAsync(organizationId: null);
        var locking = new Lazy<Task>(() => cluster.User(elsewhere).LockAsync(Caller.InCluster));
        cluster.Intercept = async call =>
        {
            await (call.MethodName == "SuspendAsync" ? locking.Value : Task.CompletedTask);
            await call.Invoke();
        };
        try
        {
            await FailsAsync(SessionErrors.LastOwner, () => cluster.Organization(id).DeleteAsync(Caller.InCluster));
        }
        finally
        {
            cluster.Intercept = null;
        }

        Assert.All([owner, colleague], user => Assert.Equal(UserState.Active, cluster.Store.User(user)!.State));
        Assert.Equal(OrganizationState.Active, (await cluster.FindAsync(id))!.State);
        Assert.DoesNotContain(id, await cluster.States.ListUnsettledAsync());

        await cluster.User(elsewhere).UnlockAsync(Caller.InCluster);
        await cluster.Organization(id).DeleteAsync(Caller.InCluster);
        Assert.Equal(UserState.Deleted, cluster.Store.User(owner)!.State);
    }

    [Fact]
    public async Task An_organization_whose_state_an_older_node_has_lost_is_activated()
    {
        var id = await cluster.NewOrganizationAsync();
        var person = await cluster.NewHumanAsync(organizationId: id);
        await cluster.Organization(id).DeactivateAsync(Caller.InCluster);
        await cluster.LoseStateAsync(id);
        Assert.Equal(OrganizationState.Active, (await cluster.FindAsync(id))!.State);

        await cluster.Organization(id).ActivateAsync(Caller.InCluster);

        Assert.Equal(UserState.Active, cluster.Store.User(person)!.State);
        Assert.Equal(OrganizationState.Active, await cluster.Standing(id).StateAsync());
        await FailsAsync(SessionErrors.OrganizationAlreadyActive, () => cluster.Organization(id).ActivateAsync(Caller.InCluster));
        await cluster.NewHumanAsync(organizationId: id);
    }

    [Fact]
    public async Task An_organization_whose_state_an_older_node_has_lost_is_deactivated_again_or_deleted()
    {
        var id = await cluster.NewOrganizationAsync();
        var person = await cluster.NewHumanAsync(organizationId: id);
        await cluster.Organization(id).DeactivateAsync(Caller.InCluster);
        await cluster.LoseStateAsync(id);

        await cluster.Organization(id).DeactivateAsync(Caller.InCluster);

        Assert.Equal(OrganizationState.Inactive, (await cluster.FindAsync(id))!.State);
        Assert.Equal(UserState.Inactive, cluster.Store.User(person)!.State);
        await FailsAsync(SessionErrors.OrganizationAlreadyInactive, () => cluster.Organization(id).DeactivateAsync(Caller.InCluster));

        await cluster.LoseStateAsync(id);
        await cluster.Organization(id).DeleteAsync(Caller.InCluster);
        Assert.Null(await cluster.FindAsync(id));
        Assert.Equal(UserState.Deleted, cluster.Store.User(person)!.State);
    }

    [Fact]
    public async Task A_caller_who_waits_long_is_told_that_the_work_goes_on()
    {
        var id = await cluster.NewOrganizationAsync();
        var person = await cluster.NewHumanAsync(organizationId: id);
        TaskCompletionSource begun = new(),
            goOn = new();
        cluster.Intercept = async call =>
        {
            if (call.MethodName == "SuspendAsync")
            {
                begun.TrySetResult();
                await goOn.Task;
            }

            await call.Invoke();
        };
        try
        {
            var first = ErrorOfAsync(() => cluster.Organization(id).DeactivateAsync(Caller.InCluster));
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            cluster.Clock.Advance(TimeSpan.FromSeconds(21));
            Assert.Equal(SessionErrors.OrganizationSettling, await first);

            // Metadata does not wait for people.
            var metadata = ImmutableDictionary<string, ImmutableArray<byte>>.Empty.Add("key", [1]);
            await cluster.Organization(id).SetMetadataAsync(Caller.InCluster, metadata);
            goOn.SetResult();
            await cluster.Standing(id).SettleAsync();
        }
        finally
        {
            cluster.Intercept = null;
        }

        Assert.Equal(UserState.Inactive, cluster.Store.User(person)!.State);
    }
}
