namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Locking, deactivating and deleting users, and the reverse: contract §11.2.</summary>
public abstract class UserStateTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_user_is_locked_and_unlocked()
    {
        var human = await Admin.NewHumanAsync();

        Refused(await DoAsync(human.Id, "unlock"), 400, 9, "COMMAND-olb9vb0oca");
        (await DoAsync(human.Id, "lock")).Expect(200);
        Assert.Equal("USER_STATE_LOCKED", await StateAsync(human.Id));
        Refused(await DoAsync(human.Id, "lock"), 400, 9, "COMMAND-lgws8wtsqf");
        (await DoAsync(human.Id, "unlock")).Expect(200);
        Assert.Equal("USER_STATE_ACTIVE", await StateAsync(human.Id));
    }

    [Fact]
    public async Task A_user_is_deactivated_and_reactivated()
    {
        var human = await Admin.NewHumanAsync();

        Refused(await DoAsync(human.Id, "reactivate"), 400, 9, "COMMAND-s5qqcz97hf");
        (await DoAsync(human.Id, "deactivate")).Expect(200);
        Assert.Equal("USER_STATE_INACTIVE", await StateAsync(human.Id));
        Refused(await DoAsync(human.Id, "deactivate"), 400, 9, "COMMAND-5gunjw0cd7");
        (await DoAsync(human.Id, "reactivate")).Expect(200);
        Assert.Equal("USER_STATE_ACTIVE", await StateAsync(human.Id));
    }

    [Fact]
    public async Task Nobody_locks_themselves_out()
    {
        var owner = await Admin.NewMachineAsync("IAM_OWNER");
        foreach (var action in new[] { "lock", "deactivate" })
        {
            Refused(await owner.Api.PostAsync($"/v2/users/{owner.Id}/{action}"), 403, 7, "COMMAND-Own01");
        }

        Assert.Equal("USER_STATE_ACTIVE", await StateAsync(owner.Id));
        (await DoAsync(owner.Id, "lock")).Expect(200);
    }

    [Fact]
    public async Task A_manager_of_users_changes_nobody_with_more_rights()
    {
        var (owner, manager) = (await Admin.NewMachineAsync("IAM_OWNER"), await Admin.NewMachineAsync("IAM_USER_MANAGER"));
        foreach (var action in new[] { "lock", "deactivate" })
        {
            (await manager.Api.PostAsync($"/v2/users/{owner.Id}/{action}")).Expect(Failures.NoPermission);
        }

        (await manager.Api.DeleteAsync($"/v2/users/{owner.Id}")).Expect(Failures.NoPermission);
        (await manager.Api.GetAsync($"/v2/users/{owner.Id}")).Expect(200);
        Assert.Equal("USER_STATE_ACTIVE", await StateAsync(owner.Id));
    }

    [Fact]
    public async Task A_deleted_user_is_gone()
    {
        var human = await Admin.NewHumanAsync();

        Assert.True((await Admin.DeleteAsync($"/v2/users/{human.Id}")).Expect(200).Has("details.changeDate"));

        (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(Failures.NoSuchUser);
        Refused(await Admin.DeleteAsync($"/v2/users/{human.Id}"), 404, 5, "COMMAND-bd4ir1mblj");
        Refused(await DoAsync(human.Id, "lock"), 404, 5, "COMMAND-450yxuqrh1");
    }

    [Theory]
    [InlineData("lock", "COMMAND-450yxuqrh1")]
    [InlineData("unlock", "COMMAND-x377t913pw")]
    [InlineData("deactivate", "COMMAND-5gp2p62iin")]
    [InlineData("reactivate", "COMMAND-9hy5kzbuk6")]
    public async Task An_unknown_user_is_not_found(string action, string id) => Refused(await DoAsync("unknown", action), 404, 5, id);

    [Fact]
    public async Task A_machine_that_is_not_active_is_no_caller()
    {
        foreach (var action in new[] { "lock", "deactivate" })
        {
            var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
            await machine.Api.OpenAsync();

            (await DoAsync(machine.Id, action)).Expect(200);

            (await Eventually.StatusAsync(401, () => machine.Api.CreateSessionAsync(new { }), TimeSpan.FromSeconds(1))).Expect(
                Failures.BadToken
            );
        }
    }

    [Theory]
    [InlineData("lock", "unlock", "USER_STATE_LOCKED")]
    [InlineData("deactivate", "reactivate", "USER_STATE_INACTIVE")]
    public async Task A_token_does_not_undo_what_was_done_to_its_own_user(string action, string undo, string state)
    {
        foreach (var role in new[] { null, "IAM_OWNER" })
        {
            var machine = await Admin.NewMachineAsync(role);
            (await machine.Api.GetAsync($"/v2/users/{machine.Id}")).Expect(200);

            // The token was looked up a moment ago, so the gateway still remembers it.
            (await DoAsync(machine.Id, action)).Expect(200);
            var refused = await machine.Api.PostAsync($"/v2/users/{machine.Id}/{undo}");

            Assert.Contains(refused.Status, new[] { 401, 403 });
            Assert.Equal(state, await StateAsync(machine.Id));
        }
    }

    [Fact]
    public async Task Changing_states_needs_the_right_to_write_users()
    {
        var organizationId = Unique("org");
        var (member, stranger) = (await Admin.NewHumanAsync(organizationId: organizationId), await Admin.NewHumanAsync());
        var viewer = (await Admin.NewMachineAsync("IAM_OWNER_VIEWER")).Api;
        var manager = (await Admin.NewMachineAsync(organizationRole: "ORG_USER_MANAGER", organizationId: organizationId)).Api;

        (await viewer.PostAsync($"/v2/users/{member.Id}/lock")).Expect(Failures.NoPermission);
        (await manager.PostAsync($"/v2/users/{stranger.Id}/lock")).Expect(Failures.NoPermission);
        (await manager.DeleteAsync($"/v2/users/{stranger.Id}")).Expect(Failures.NoPermission);
        (await manager.PostAsync($"/v2/users/{member.Id}/lock")).Expect(200);
        (await manager.DeleteAsync($"/v2/users/{member.Id}")).Expect(200);
    }

    [Fact]
    public async Task A_login_client_may_not_delete_users()
    {
        var human = await Admin.NewHumanAsync();

        (await (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api.DeleteAsync($"/v2/users/{human.Id}")).Expect(Failures.NoPermission);
    }

    private static void Refused(Reply reply, int status, int code, string id)
    {
        reply.Expect(status);
        Assert.Equal(code, reply["code"]!.GetValue<int>());
        Assert.Equal(id, reply.Text("details.0.id"));
    }

    private Task<Reply> DoAsync(string id, string action) => Admin.PostAsync($"/v2/users/{id}/{action}");

    private async Task<string> StateAsync(string id) => (await Admin.GetAsync($"/v2/users/{id}")).Expect(200).Text("user.state");
}

public sealed class UserStateTestsOnSqlite(SqliteHost host) : UserStateTests(host);

public sealed class UserStateTestsOnPostgreSql(PostgreSqlHost host) : UserStateTests(host);
