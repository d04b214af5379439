namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The user check: contract §3.2.</summary>
public abstract class UserCheckTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_user_is_found_by_id_and_by_login_name_in_any_case()
    {
        var human = await Admin.NewHumanAsync();

        foreach (
            object user in new object[]
            {
                new { userId = human.Id },
                new { loginName = human.LoginName },
                new { loginName = human.LoginName.ToUpperInvariant() },
            }
        )
        {
            var session = await Admin.OpenAsync(new { checks = new { user } });
            Assert.Equal(human.Id, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
        }
    }

    [Fact]
    public async Task An_unknown_user_is_not_found()
    {
        (await Admin.CreateSessionAsync(new { checks = new { user = new { userId = Unique("nobody") } } })).Expect(Failures.NoSuchUser);
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = Unique("nobody") } } })).Expect(Failures.NoSuchUser);
    }

    [Fact]
    public async Task A_login_name_is_not_an_email_address_or_a_phone_number()
    {
        var username = Unique("human");
        var body = HumanBody(username);
        body["email"] = new { email = $"{username}@mail.example", isVerified = true };
        body["phone"] = new { phone = "+41791234567", isVerified = true };
        (await Admin.PostAsync("/v2/users/human", body)).Expect(200);

        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = $"{username}@mail.example" } } })).Expect(
            Failures.NoSuchUser
        );
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = "+41791234567" } } })).Expect(Failures.NoSuchUser);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("deactivate")]
    public async Task A_user_who_is_not_active_is_refused(string action)
    {
        var human = await Admin.NewHumanAsync();
        (await Admin.PostAsync($"/v2/users/{human.Id}/{action}")).Expect(200);

        (await Admin.CreateSessionAsync(new { checks = human.OnlyUser })).Expect(Failures.UserNotActive);
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = human.LoginName } } })).Expect(
            Failures.UserNotActive
        );
    }

    [Fact]
    public async Task A_deleted_user_is_not_found()
    {
        var human = await Admin.NewHumanAsync();
        (await Admin.DeleteAsync($"/v2/users/{human.Id}")).Expect(200);

        (await Admin.CreateSessionAsync(new { checks = human.OnlyUser })).Expect(Failures.NoSuchUser);
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = human.LoginName } } })).Expect(Failures.NoSuchUser);
    }

    [Fact]
    public async Task A_machine_user_passes_too()
    {
        var machine = await Admin.NewMachineAsync();

        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = machine.LoginName } } });

        var read = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal(machine.Id, read.Text("session.factors.user.id"));
        Assert.False(read.Has("session.factors.user.displayName"));
    }

    [Fact]
    public async Task A_session_stays_with_its_first_user()
    {
        var (first, second) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var session = await Admin.OpenAsync(new { checks = first.OnlyUser });

        (await Admin.SetAsync(session, new { checks = second.OnlyUser })).Expect(Failures.OtherUser);

        var read = (await Admin.ReadAsync(session, session.Token)).Expect(200);
        Assert.Equal(first.Id, read.Text("session.factors.user.id"));
        Assert.Equal(session.Sequence, read.Number("session.sequence"));
    }

    [Fact]
    public async Task Checking_the_same_user_again_renews_the_time()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var before = (await Admin.ReadAsync(session)).Expect(200).Date("session.factors.user.verifiedAt");

        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyUser }));

        Assert.Equal(5, session.Sequence);
        Assert.True((await Admin.ReadAsync(session)).Expect(200).Date("session.factors.user.verifiedAt") > before);
    }

    [Fact]
    public async Task The_user_can_be_checked_later()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync();

        session = session.After(await Admin.SetAsync(session, new { checks = human.WithPassword }));

        Assert.Equal(5, session.Sequence);
        Assert.Equal(human.Id, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
    }

    [Fact]
    public async Task Who_may_not_create_sessions_learns_nothing_about_users()
    {
        var human = await Admin.NewHumanAsync();
        var stranger = (await Admin.NewMachineAsync()).Api;

        (await stranger.CreateSessionAsync(new { checks = human.OnlyUser })).Expect(Failures.NoPermission);
        (await stranger.CreateSessionAsync(new { checks = new { user = new { userId = "nobody" } } })).Expect(Failures.NoPermission);
        (await stranger.CreateSessionAsync(new { checks = new { user = new { loginName = Unique("nobody") } } })).Expect(
            Failures.NoPermission
        );
    }
}

public sealed class UserCheckTestsOnSqlite(SqliteHost host) : UserCheckTests(host);

public sealed class UserCheckTestsOnPostgreSql(PostgreSqlHost host) : UserCheckTests(host);
