namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>UpdateHumanUser, SetEmail, SetPhone and SetPassword: contract §11.1, §11.2.</summary>
public abstract class UpdatingUsersTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task What_is_not_named_stays_as_it_is()
    {
        var human = await Admin.NewHumanAsync();

        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new { email = new { email = "new@example.com", isVerified = true } })).Expect(
            200
        );

        var read = await ReadAsync(human);
        Assert.Equal("new@example.com", read.Text("user.human.email.email"));
        Assert.Equal("Minnie M.", read.Text("user.human.profile.displayName"));
        Assert.Equal(human.LoginName, read.Text("user.username"));
        await Admin.OpenAsync(human);
    }

    [Fact]
    public async Task A_change_of_several_things_happens_as_a_whole_or_not_at_all()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var before = await ReadAsync(human);

        (
            await Admin.PutAsync(
                $"/v2/users/human/{human.Id}",
                new
                {
                    username = other.LoginName,
                    profile = new { givenName = "Daisy", familyName = "Duck" },
                    password = new { password = new { password = "Another-Horse-8" } },
                }
            )
        ).Expect(409);
        (
            await Admin.PutAsync(
                $"/v2/users/human/{human.Id}",
                new { profile = new { givenName = "Daisy", familyName = "Duck" }, password = new { password = new { password = "weak" } } }
            )
        ).Expect(400);

        Assert.Equal(before.Body, (await ReadAsync(human)).Body);
        await Admin.OpenAsync(human);
    }

    [Fact]
    public async Task A_new_address_is_unverified_until_somebody_says_otherwise()
    {
        var human = await Admin.NewHumanAsync();

        (await Admin.PostAsync($"/v2/users/{human.Id}/email", new { email = "verified@example.com", isVerified = true })).Expect(200);
        Assert.True((await ReadAsync(human))["user.human.email.isVerified"]!.GetValue<bool>());

        (await Admin.PostAsync($"/v2/users/{human.Id}/phone", new { phone = "+41791112233", isVerified = true })).Expect(200);
        var read = await ReadAsync(human);
        Assert.Equal("+41791112233", read.Text("user.human.phone.phone"));
        Assert.True(read["user.human.phone.isVerified"]!.GetValue<bool>());
        (await Admin.DeleteAsync($"/v2/users/{human.Id}/phone")).Expect(200);
        Assert.False((await ReadAsync(human)).Has("user.human.phone.phone"));
    }

    [Fact]
    [Asvs("6.2.2", "6.2.3")]
    public async Task The_user_changes_the_password_with_the_current_one()
    {
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        await PasswordIsRefusedAsync(
            self,
            human,
            new { newPassword = new { password = "Another-Horse-8" }, currentPassword = "wrong" },
            "COMMAND-3M0fs"
        );
        await PasswordIsRefusedAsync(
            self,
            human,
            new { newPassword = new { password = "weak" }, currentPassword = human.Password },
            "DOMAIN-HuJf6"
        );
        await PasswordIsRefusedAsync(
            self,
            human,
            new { newPassword = new { password = human.Password }, currentPassword = human.Password },
            "COMMAND-Aesh5"
        );
        (
            await self.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = "Another-Horse-8" }, currentPassword = human.Password }
            )
        ).Expect(200);

        (await Admin.CreateSessionAsync(new { checks = human.WithPassword })).Expect(Failures.WrongPassword);
        await Admin.OpenAsync(human with { Password = "Another-Horse-8" });
    }

    [Fact]
    public async Task An_administrator_sets_a_password_without_the_current_one()
    {
        var human = await Admin.NewHumanAsync(password: null);

        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = Password, changeRequired = true } }
            )
        ).Expect(200);

        await Admin.OpenAsync(human with { Password = Password });
        Assert.True((await ReadAsync(human))["user.human.passwordChangeRequired"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_manager_of_users_cannot_take_over_an_owner()
    {
        var owner = await Admin.NewHumanAsync();
        await Admin.GrantAsync(owner.Id, new { instance = true }, "IAM_OWNER");
        var manager = (await Admin.NewMachineAsync("IAM_USER_MANAGER")).Api;

        (await manager.PostAsync($"/v2/users/{owner.Id}/password", new { newPassword = new { password = "Another-Horse-8" } })).Expect(
            Failures.NoPermission
        );
        await Admin.OpenAsync(owner);
    }

    [Fact]
    public async Task A_user_does_not_declare_its_own_address_verified()
    {
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        (await self.PostAsync($"/v2/users/{human.Id}/email", new { email = "mine@example.com", isVerified = true })).Expect(
            Failures.NoPermission
        );
    }

    [Fact]
    public async Task Racing_changes_of_one_user_lose_nothing()
    {
        var human = await Admin.NewHumanAsync();

        var replies = await Task.WhenAll(
            Admin.PutAsync($"/v2/users/human/{human.Id}", new { profile = new { givenName = "Daisy", familyName = "Duck" } }),
            Admin.PostAsync($"/v2/users/{human.Id}/phone", new { phone = "+41791112233", isVerified = true }),
            Admin.PostAsync($"/v2/users/{human.Id}/email", new { email = "race@example.com", isVerified = true }),
            Admin.PostAsync($"/v2/users/{human.Id}/password", new { newPassword = new { password = "Another-Horse-8" } })
        );

        Assert.All(replies, reply => reply.Expect(200));
        var read = await ReadAsync(human);
        Assert.Equal("Daisy", read.Text("user.human.profile.givenName"));
        Assert.Equal("+41791112233", read.Text("user.human.phone.phone"));
        Assert.Equal("race@example.com", read.Text("user.human.email.email"));
        await Admin.OpenAsync(human with { Password = "Another-Horse-8" });
    }

    private async Task<Reply> ReadAsync(Human human) => (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200);

    private static async Task PasswordIsRefusedAsync(Api caller, Human human, object body, string id) =>
        Assert.Equal(id, (await caller.PostAsync($"/v2/users/{human.Id}/password", body)).Expect(400).Text("details.0.id"));
}

public sealed class UpdatingUsersTestsOnSqlite(SqliteHost host) : UpdatingUsersTests(host);

public sealed class UpdatingUsersTestsOnPostgreSql(PostgreSqlHost host) : UpdatingUsersTests(host);
