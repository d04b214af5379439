namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The permissions for sessions: contract §6, with 403 if a permission is missing.</summary>
public abstract class PermissionTests(SharedHost host) : ContractTests(host)
{
    public static TheoryData<string?, bool, bool, bool> InstanceRoles =>
        new()
        {
            { "IAM_OWNER", true, true, true },
            { "IAM_OWNER_VIEWER", true, false, false },
            { "IAM_ORG_MANAGER", true, false, true },
            { "IAM_USER_MANAGER", true, false, true },
            { "IAM_LOGIN_CLIENT", true, true, true },
            { null, false, false, false },
        };

    [Theory]
    [MemberData(nameof(InstanceRoles))]
    public async Task An_instance_role_holds_for_all_sessions(string? role, bool read, bool write, bool delete)
    {
        var human = await Admin.NewHumanAsync(organizationId: Unique("org"));
        var caller = (await Admin.NewMachineAsync(role)).Api;

        await MayAsync(caller, await Admin.OpenAsync(human), read, write, delete);
        await MayAsync(caller, await Admin.OpenAsync(), read, write, delete);
        Outcome(await caller.CreateSessionAsync(new { }), write, 201);
        Outcome(await caller.CreateSessionAsync(new { checks = human.WithPassword }), write, 201);
    }

    [Theory]
    [InlineData("ORG_OWNER")]
    [InlineData("ORG_USER_MANAGER")]
    public async Task An_organization_role_holds_for_the_sessions_of_its_users_and_never_to_write(string role)
    {
        var organizationId = Unique("org");
        var caller = (await Admin.NewMachineAsync(organizationRole: role, organizationId: organizationId)).Api;
        var (member, stranger) = (
            await Admin.NewHumanAsync(organizationId: organizationId),
            await Admin.NewHumanAsync(organizationId: Unique("org"))
        );

        await MayAsync(caller, await Admin.OpenAsync(member), read: true, write: false, delete: true);
        await MayAsync(caller, await Admin.OpenAsync(stranger), read: false, write: false, delete: false);
        await MayAsync(caller, await Admin.OpenAsync(), read: false, write: false, delete: false);
        (await caller.CreateSessionAsync(new { checks = member.OnlyUser })).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task A_session_enters_the_organization_once_its_user_is_checked()
    {
        var organizationId = Unique("org");
        var caller = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: organizationId)).Api;
        var member = await Admin.NewHumanAsync(organizationId: organizationId);
        var session = await Admin.OpenAsync();
        (await caller.ReadAsync(session)).Expect(Failures.NoPermission);

        (await Admin.SetAsync(session, new { checks = member.OnlyUser })).Expect(200);

        (await caller.ReadAsync(session)).Expect(200);
    }

    [Fact]
    public async Task The_creator_may_read_and_list_but_neither_change_nor_delete()
    {
        var creator = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var session = await creator.Api.OpenAsync();
        (
            await Admin.DeleteAsync(
                "/v2/internal_permissions/administrators",
                new { userId = creator.Id, resource = new { instance = true } }
            )
        ).Expect(200);
        await Eventually.StatusAsync(403, () => creator.Api.SetAsync(session, new { }), TimeSpan.FromSeconds(1));

        (await creator.Api.ReadAsync(session)).Expect(200);
        Assert.Equal([session.Id], await creator.Api.FindAsync());
        (await creator.Api.EndAsync(session)).Expect(Failures.NoPermission);
        (await creator.Api.SetAsync(session, new { lifetime = "60s" })).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task The_checked_user_may_read_list_and_delete_but_not_change()
    {
        var human = await Admin.NewHumanAsync();
        var (own, session) = (await Admin.OpenAsync(human), await Admin.OpenAsync(new { checks = human.OnlyUser }));
        var foreign = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var self = Admin.As(own.Token);

        (await self.ReadAsync(session)).Expect(200);
        Assert.Equal(new[] { own.Id, session.Id }.Order(), (await self.FindAsync()).Order());
        (await self.SetAsync(session, new { lifetime = "60s" })).Expect(Failures.NoPermission);
        (await self.EndAsync(session)).Expect(200);
        (await self.ReadAsync(foreign)).Expect(Failures.NoPermission);
        (await self.EndAsync(foreign)).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task An_unknown_session_is_not_found_by_anybody_and_forbidden_to_change()
    {
        var stranger = (await Admin.NewMachineAsync()).Api;
        var unknown = new OpenSession("99999999999999998", "", 0);

        (await stranger.ReadAsync(unknown)).Expect(Failures.NoSession);
        (await stranger.SetAsync(unknown, new { })).Expect(Failures.NoPermission);
        (await stranger.EndAsync(unknown)).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task A_refused_caller_changes_nothing_and_counts_no_failure()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var stranger = (await Admin.NewMachineAsync()).Api;
        var wrong = new { checks = new { password = new { password = "wrong" } } };

        (await stranger.SetAsync(session, wrong)).Expect(Failures.NoPermission);
        (await stranger.SetAsync(session, new { metadata = Metadata(("a", "1")) })).Expect(Failures.NoPermission);

        Assert.Equal(session.Sequence, (await Admin.ReadAsync(session, session.Token)).Expect(200).Number("session.sequence"));
        Assert.Equal(1, (await Admin.SetAsync(session, wrong)).Expect(Failures.WrongPassword)["details.0.failedAttempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task Everything_needs_a_caller()
    {
        var session = await Admin.OpenAsync();
        var nobody = Admin.As(null);

        (await nobody.CreateSessionAsync(new { })).Expect(Failures.NoToken);
        (await nobody.SetAsync(session, new { })).Expect(Failures.NoToken);
        (await nobody.ReadAsync(session, session.Token)).Expect(Failures.NoToken);
        (await nobody.EndAsync(session, session.Token)).Expect(Failures.NoToken);
        (await nobody.SearchAsync()).Expect(Failures.NoToken);
    }

    private static async Task MayAsync(Api caller, OpenSession session, bool read, bool write, bool delete)
    {
        object byId = new { idsQuery = new { ids = new[] { session.Id } } };
        Outcome(await caller.ReadAsync(session), read, 200);
        var found = (await caller.SearchAsync(byId)).Expect(200);
        Assert.Equal(read ? [session.Id] : [], found.Texts("sessions", "id"));
        Assert.Equal(read, found.Has("details.totalResult"));
        Outcome(await caller.SetAsync(session, new { metadata = Metadata(("a", "1")) }), write, 200);
        Outcome(await caller.EndAsync(session), delete, 200);
    }

    private static void Outcome(Reply reply, bool may, int success)
    {
        if (may)
        {
            reply.Expect(success);
        }
        else
        {
            reply.Expect(Failures.NoPermission);
        }
    }
}

public sealed class PermissionTestsOnSqlite(SqliteHost host) : PermissionTests(host);

public sealed class PermissionTestsOnPostgreSql(PostgreSqlHost host) : PermissionTests(host);
