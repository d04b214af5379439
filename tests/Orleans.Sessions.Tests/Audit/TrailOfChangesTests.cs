using Orleans.Sessions.Audit;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>Security events of users and sessions, which are written together with the changes.</summary>
[Collection(nameof(LenientCluster))]
public sealed class TrailOfChangesTests(LenientCluster cluster)
{
    [Fact]
    public async Task Creating_a_user_tells_what_it_was_given()
    {
        var id = await cluster.NewHumanAsync();

        Assert.Equal([AuditKinds.UserCreated.Name, AuditKinds.PasswordSet.Name], KindsOf(id));
        var created = EventsOf(id)[0];
        Assert.Equal(
            ("human", SessionCluster.OrganizationId, AuditOutcome.Success),
            (created.Detail, created.OrganizationId, created.Outcome)
        );
    }

    [Fact]
    public async Task Every_change_of_state_is_told()
    {
        var id = await cluster.NewHumanAsync();
        var before = EventsOf(id).Count;
        var user = cluster.User(id);
        await user.LockAsync(Caller.InCluster);
        await user.UnlockAsync(Caller.InCluster);
        await user.DeactivateAsync(Caller.InCluster);
        await user.ReactivateAsync(Caller.InCluster);
        await user.DeleteAsync(Caller.InCluster);

        Assert.Equal(
            [
                AuditKinds.UserLocked.Name,
                AuditKinds.UserUnlocked.Name,
                AuditKinds.UserDeactivated.Name,
                AuditKinds.UserReactivated.Name,
                AuditKinds.UserDeleted.Name,
            ],
            KindsOf(id).Skip(before)
        );
    }

    [Fact]
    public async Task Roles_and_tokens_of_a_service_account_are_told()
    {
        var id = await cluster.NewMachineAsync("IAM_OWNER_VIEWER");
        var user = cluster.User(id);
        await user.AddPersonalAccessTokenAsync(Caller.InCluster, PersonalAccessToken.Create(id, "token-1"), expiresAt: null);
        await user.RemovePersonalAccessTokenAsync(Caller.InCluster, "token-1");
        await user.RemoveAdministratorAsync(Caller.InCluster, null);

        Assert.Equal(
            [
                (AuditKinds.UserCreated.Name, "machine"),
                (AuditKinds.RolesGranted.Name, "IAM_OWNER_VIEWER on the instance"),
                (AuditKinds.AccessTokenAdded.Name, "token-1"),
                (AuditKinds.AccessTokenRemoved.Name, "token-1"),
                (AuditKinds.RolesRemoved.Name, "IAM_OWNER_VIEWER on the instance"),
            ],
            EventsOf(id).Select(row => (row.Kind, row.Detail))
        );
    }

    [Fact]
    [Asvs("16.2.1")]
    public async Task A_login_is_told_with_the_person_the_session_and_where_from()
    {
        var id = await cluster.NewHumanAsync();
        var session = SessionCluster.NewName("session");
        await cluster
            .Session(session)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    UserAgent = new UserAgent { Ip = "192.0.2.9", Description = "Fire\nfox" },
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = id },
                        Password = SessionCluster.Password,
                    },
                }
            );

        var login = Assert.Single(EventsOf(id), row => row.Kind == AuditKinds.LoginPassword.Name);
        Assert.Equal(("192.0.2.9", @"Fire\u000afox", AuditOutcome.Success), (login.Source, login.UserAgent, login.Outcome));
        Assert.NotNull(login.Session);
        Assert.DoesNotContain(session, login.Session, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Naming_a_user_proves_nothing_and_is_no_event()
    {
        var id = await cluster.NewHumanAsync();
        var before = EventsOf(id).Count;
        await cluster
            .Session(SessionCluster.NewName("session"))
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = id } },
                }
            );

        Assert.Equal(before, EventsOf(id).Count);
    }

    [Fact]
    public async Task The_end_of_a_session_is_told_with_its_reason()
    {
        var id = await cluster.NewHumanAsync();
        var session = await cluster.NewSessionAsync(id);
        await cluster.Session(session).DeleteAsync(Caller.InCluster, token: null);

        var ended = Assert.Single(EventsOf(id), row => row.Kind == AuditKinds.SessionTerminated.Name);
        Assert.Equal("Deleted", ended.Reason);
        Assert.Equal(Assert.Single(EventsOf(id), row => row.Kind == AuditKinds.LoginPassword.Name).Session, ended.Session);
    }

    [Fact]
    public async Task The_origin_of_a_call_reaches_the_grains_that_it_reaches()
    {
        var id = await cluster.NewHumanAsync();
        CallOrigin.Current = new CallOrigin
        {
            Source = "198.51.100.7",
            UserAgent = "curl",
            RequestId = "request-1",
            ClientId = "client-1",
            ActorKind = AuditActor.Human,
            ActorId = "manager-1",
        };
        await cluster.User(id).LockAsync(Caller.InCluster);
        CallOrigin.Current = null;
        await cluster.User(id).UnlockAsync(Caller.InCluster);

        var locked = Assert.Single(EventsOf(id), row => row.Kind == AuditKinds.UserLocked.Name);
        Assert.Equal(
            ("198.51.100.7", "curl", "request-1", "client-1", AuditActor.Human, "manager-1"),
            (locked.Source, locked.UserAgent, locked.RequestId, locked.ClientId, locked.ActorKind, locked.ActorId)
        );
        var unlocked = Assert.Single(EventsOf(id), row => row.Kind == AuditKinds.UserUnlocked.Name);
        Assert.Equal((null, AuditActor.System), (unlocked.Source, unlocked.ActorKind));
    }

    [Fact]
    [Asvs("16.5.3")]
    public async Task A_change_that_is_not_stored_leaves_no_event()
    {
        var id = await cluster.NewHumanAsync();
        var before = EventsOf(id).Count;
        cluster.Store.WritesUntilFailure = 0;
        await Assert.ThrowsAsync<SessionException>(() => cluster.User(id).LockAsync(Caller.InCluster));

        Assert.Equal(before, EventsOf(id).Count);
    }

    private List<AuditRow> EventsOf(string userId) => [.. cluster.Store.Audit.Where(row => row.TargetId == userId)];

    private IEnumerable<string> KindsOf(string userId) => EventsOf(userId).Select(row => row.Kind);
}
