using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Sessions.Organizations;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Organizations;

/// <summary>An organization comes into being with all its administrators or not at all, whatever fails.</summary>
public sealed class FirstAdministratorTests(FirstAdministratorTests.Cluster cluster) : IClassFixture<FirstAdministratorTests.Cluster>
{
    private IOrganizationsGrain Organizations => cluster.Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance);

    [Fact]
    public async Task Persons_and_known_users_become_administrators_and_codes_are_returned()
    {
        var (command, known) = (NewOrganization(Person(), Person()), await cluster.NewMachineAsync());
        command = command with { Administrators = command.Administrators.Add(Known(known)) };

        var added = await Organizations.AddAsync(command);

        Assert.Equal(command.Administrators.Take(2).Select(admin => admin.UserId), added.Persons.Select(person => person.UserId));
        Assert.All(added.Persons, person => Assert.NotNull(person.Change.EmailCode));
        Assert.All(command.Administrators, admin => Assert.Equal($"{command.Id}:ORG_OWNER", GrantOf(admin.UserId)));
        Assert.All(added.Persons, person => Assert.Equal(command.Id, cluster.Store.User(person.UserId)!.OrganizationId));
        Assert.Null(Stored().Unsettled);
    }

    [Fact]
    public async Task A_person_who_cannot_be_created_leaves_nothing_behind_and_nobody_else_is_deleted()
    {
        var existing = await cluster.NewHumanAsync();
        var command = NewOrganization(Person(), Person(existing));

        await FailsAsync(SessionErrors.UserIdTaken, () => Organizations.AddAsync(command));

        Assert.Equal(UserState.Deleted, cluster.Store.User(command.Administrators[0].UserId)!.State);
        Assert.Equal(UserState.Active, cluster.Store.User(existing)!.State);
        AssertNothingOf(command);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_outage_before_the_organization_exists_leaves_nothing_behind(int writes)
    {
        var command = NewOrganization(Person());
        cluster.Store.WritesUntilFailure = writes;

        await FailsAsync(SessionErrors.StorageAway, () => Organizations.AddAsync(command));

        Assert.True(cluster.Store.User(command.Administrators[0].UserId) is null or { State: UserState.Deleted });
        AssertNothingOf(command);
    }

    [Fact]
    public async Task An_outage_after_that_does_not_keep_the_administrators_from_their_roles()
    {
        var command = NewOrganization(Person());
        cluster.Store.WritesUntilFailure = 3;

        await FailsAsync(SessionErrors.StorageAway, () => Organizations.AddAsync(command));

        Assert.Equal($"{command.Id}:ORG_OWNER", GrantOf(command.Administrators[0].UserId));
        Assert.Null(Stored().Unsettled);
    }

    [Fact]
    public async Task What_a_crash_has_left_of_an_organization_that_does_not_exist_is_taken_back()
    {
        var (person, other) = (await NewPersonAsync("request"), await NewPersonAsync("other request"));

        await CrashAsync(new OrganizationsRecord { Unsettled = [Plan("crashed", (person, "request"), (other, "request"))] });

        Assert.Equal(UserState.Deleted, cluster.Store.User(person)!.State);
        Assert.Equal(UserState.Active, cluster.Store.User(other)!.State);
    }

    [Fact]
    public async Task What_a_crash_has_left_of_an_organization_that_exists_is_carried_out()
    {
        var person = await NewPersonAsync("request");
        var organization = new StoredOrganization("added", NewName("added"), DateTimeOffset.UnixEpoch);

        await CrashAsync(new OrganizationsRecord { Organizations = [organization], Unsettled = [Plan("added", (person, "request"))] });

        Assert.Equal("added:ORG_OWNER", GrantOf(person));
    }

    [Fact]
    public async Task A_call_that_is_repeated_after_a_crash_goes_on_where_the_first_one_stopped()
    {
        var command = NewOrganization(Person());
        var admin = command.Administrators[0];
        await cluster.User(admin.UserId).CreateAsync(admin.Person! with { OrganizationId = command.Id });
        await RestartAsync(new OrganizationsRecord { Unsettled = [Plan(command.Id, (admin.UserId, admin.Person!.RequestId!))] });

        var added = await Organizations.AddAsync(command);

        Assert.NotNull(Assert.Single(added.Persons).Change.EmailCode);
        Assert.Equal($"{command.Id}:ORG_OWNER", GrantOf(admin.UserId));
        Assert.Null(Stored().Unsettled);
    }

    [Fact]
    public async Task A_user_whom_the_caller_may_not_change_is_refused_before_anything_exists()
    {
        var foreign = await cluster.NewHumanAsync(organizationId: "elsewhere");
        var command = NewOrganization(Person(), Known(foreign));
        command = command with { Caller = CallerWith(Permission.OrganizationCreate, command.Id, Roles.PermissionsOf(["ORG_OWNER"])) };

        await FailsAsync(SessionErrors.PermissionMissing, () => Organizations.AddAsync(command));

        Assert.Null(cluster.Store.User(command.Administrators[0].UserId));
        AssertNothingOf(command);
    }

    [Fact]
    public async Task However_often_settling_fails_each_plan_is_tried_once_a_minute()
    {
        var (one, two) = (await NewPersonAsync("request"), await NewPersonAsync("request"));
        await RestartAsync(new OrganizationsRecord { Unsettled = [Plan("one", (one, "request")), Plan("two", (two, "request"))] });
        var tried = 0;
        cluster.Intercept = call =>
        {
            if (call.MethodName != "UndoCreationAsync")
            {
                return call.Invoke();
            }

            Interlocked.Increment(ref tried);
            throw new SessionException(SessionErrors.StorageAway);
        };
        try
        {
            await Organizations.ListAsync(Caller.InCluster);
            for (var minutes = 1; minutes <= 3; minutes++)
            {
                cluster.Clock.Advance(TimeSpan.FromSeconds(61));

                // This waits until the grain has done what the timer wanted.
                await Organizations.AddAsync(Caller.InCluster, NewName("organization"), NewName("Organization"));
                Assert.Equal(2 * minutes, tried);
            }
        }
        finally
        {
            cluster.Intercept = null;
            await RestartAsync(new OrganizationsRecord());
        }
    }

    private static AddOrganization NewOrganization(params FirstAdministrator[] administrators) =>
        new()
        {
            Caller = Caller.InCluster,
            Id = NewName("organization"),
            Name = NewName("Organization"),
            Administrators = [.. administrators],
        };

    private static FirstAdministrator Person(string? id = null)
    {
        var userId = id ?? NewName();
        return Known(userId) with
        {
            Person = NewHuman(NewName(), human =>
                human with
                {
                    Email = human.Email with { IsVerified = false },
                    EmailCode = new CodeRequest(CodeDelivery.Return),
                }
            ) with
            {
                RequestId = Guid.NewGuid().ToString("N"),
            },
        };
    }

    private static FirstAdministrator Known(string userId) => new() { UserId = userId, Roles = ["ORG_OWNER"] };

    private static UnsettledOrganization Plan(string id, params (string UserId, string RequestId)[] persons) =>
        new()
        {
            Id = id,
            Administrators =
            [
                .. persons.Select(person => new UnsettledAdministrator
                {
                    UserId = person.UserId,
                    Roles = ["ORG_OWNER"],
                    RequestId = person.RequestId,
                }),
            ],
        };

    private async Task<string> NewPersonAsync(string requestId)
    {
        var id = NewName();
        await cluster.User(id).CreateAsync(NewHuman(id) with { RequestId = requestId });
        return id;
    }

    /// <summary>The next activation finds this record, and has the time to settle it.</summary>
    private async Task CrashAsync(OrganizationsRecord left)
    {
        await RestartAsync(left);
        await Organizations.ListAsync(Caller.InCluster);
        var settled = cluster.Store.WaitForAsync(_ => Stored().Unsettled is null);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await settled;
    }

    private async Task RestartAsync(OrganizationsRecord left)
    {
        await Organizations.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        cluster.Store.Put(Id, left);
    }

    private GrainId Id => Organizations.GetGrainId();

    private OrganizationsRecord Stored() => cluster.Store.Read<OrganizationsRecord>(Id) ?? new();

    private string GrantOf(string userId) =>
        string.Join(
            ' ',
            (cluster.Store.User(userId)!.Roles ?? []).Select(grant => $"{grant.OrganizationId}:{string.Join(',', grant.Roles)}")
        );

    private void AssertNothingOf(AddOrganization command)
    {
        Assert.DoesNotContain(Stored().Organizations, organization => organization.Id == command.Id);
        Assert.Null(Stored().Unsettled);
    }

    public sealed class Cluster() : SessionCluster(0);
}
