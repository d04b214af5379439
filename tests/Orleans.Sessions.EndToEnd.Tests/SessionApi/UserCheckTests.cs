using Orleans.Sessions.EndToEnd.Notifications.Harness;

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
    public async Task A_verified_address_or_number_names_its_person_and_one_that_is_claimed_names_nobody()
    {
        var (email, phone) = ($"{Unique("mail")}@mail.example", Contacts.NewPhone());
        var claimed = (await ClaimAsync(email, phone, isVerified: false)).Expect(200).Text("userId");
        (await NameAsync(email)).Expect(Failures.NoSuchUser);
        (await NameAsync(phone)).Expect(Failures.NoSuchUser);

        var owner = (await ClaimAsync(email, phone, isVerified: true)).Expect(200).Text("userId");
        foreach (var name in new[] { email, email.ToUpperInvariant(), phone, $"{phone[..3]} {phone[3..5]} {phone[5..]}" })
        {
            var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = name } } });
            Assert.Equal(owner, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
        }

        // Two people have it now, so it says nobody.
        (await Admin.PostAsync($"/v2/users/{claimed}/email", new { email, isVerified = true })).Expect(200);
        (await Admin.PostAsync($"/v2/users/{claimed}/phone", new { phone, isVerified = true })).Expect(200);
        (await NameAsync(email)).Expect(Failures.NoSuchUser);
        (await NameAsync(phone)).Expect(Failures.NoSuchUser);
    }

    [Fact]
    public async Task A_verified_address_or_number_goes_before_a_login_name_that_anybody_may_choose()
    {
        var (email, phone) = ($"{Unique("mail")}@mail.example", Contacts.NewPhone());
        var named = await Admin.NewHumanAsync(username: email);
        Assert.Equal(named.Id, await FoundAsync(email));

        var owner = (await ClaimAsync(email, phone, isVerified: true)).Expect(200).Text("userId");
        await Admin.NewHumanAsync(username: phone);
        Assert.Equal((owner, owner), (await FoundAsync(email), await FoundAsync(phone)));

        // Both have verified it now, so the name decides.
        (await Admin.PostAsync($"/v2/users/{named.Id}/email", new { email, isVerified = true })).Expect(200);
        Assert.Equal(named.Id, await FoundAsync(email));
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

    private async Task<string> FoundAsync(string loginName)
    {
        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName } } });
        return (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id");
    }

    private Task<Reply> NameAsync(string loginName) => Admin.CreateSessionAsync(new { checks = new { user = new { loginName } } });

    private Task<Reply> ClaimAsync(string email, string phone, bool isVerified) =>
        Admin.PostAsync(
            "/v2/users/human",
            isVerified
                ? Contacts.Body(Unique("claim"), new { email, isVerified }, new { phone, isVerified })
                : Contacts.Body(Unique("claim"), new { email, returnCode = new { } }, new { phone, returnCode = new { } })
        );
}

public sealed class UserCheckTestsOnSqlite(SqliteHost host) : UserCheckTests(host);

public sealed class UserCheckTestsOnPostgreSql(PostgreSqlHost host) : UserCheckTests(host);
