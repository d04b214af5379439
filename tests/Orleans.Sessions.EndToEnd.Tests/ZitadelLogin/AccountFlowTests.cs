using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 with several accounts in one browser, with closed accounts, and with those of others.</summary>
public abstract class AccountFlowTests(SharedHost host) : LoginUiTests(host)
{
    [Fact]
    public async Task One_of_several_accounts_is_chosen_and_each_is_signed_out_by_its_own_token()
    {
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var (first, second, third) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        await LogInAsync(ui, client, first);
        foreach (var human in new[] { second, third })
        {
            Assert.Equal("/loginname", await ui.ArriveAsync(await client.RequestAsync(("prompt", "login"))));
            await ui.NameAsync(human.LoginName);
            await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
        }

        // A name that was only typed is there too.
        var named = await Admin.NewHumanAsync();
        await ui.NameAsync(named.LoginName);
        Assert.Equal("/accounts", await ui.ArriveAsync(await client.RequestAsync(("prompt", "select_account"))));
        var accounts = await ui.AccountsPageAsync();
        Assert.Equal(4, accounts.Count);
        Assert.False(accounts[named.LoginName]);
        Assert.All([first, second, third], human => Assert.True(accounts[human.LoginName]));
        await ArrivesAsync(client, await ui.ChooseAsync(first.LoginName));
        Assert.Equal(first.Id, (await Admin.ReadAsync(ui.Session)).Expect(200).Text("session.factors.user.id"));

        Assert.Equal("/accounts", await ui.ArriveAsync(await client.RequestAsync(("prompt", "select_account"))));
        Assert.Equal("/password", await ui.ChooseAsync(named.LoginName));
        await ArrivesAsync(client, await ui.PasswordAsync(named.Password));

        Assert.Equal("/logout/success", await ui.ClearAsync(second.LoginName));
        Assert.Equal("/logout", await ui.LogoutPageAsync());
        Assert.Equal("https://app.example/bye", await ui.LogoutPageAsync(third.LoginName, "https://app.example/bye"));
        Assert.Equal("/logout", await ui.LogoutPageAsync(third.LoginName));
        Assert.Equal(new[] { first.LoginName, named.LoginName }.Order(), ui.Accounts.Order());
    }

    [Fact]
    public async Task The_application_names_the_account_that_it_wants()
    {
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var (first, second) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        await LogInAsync(ui, client, first);
        await ui.ArriveAsync(await client.RequestAsync(("prompt", "login")));
        await ui.NameAsync(second.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(second.Password));

        await ArrivesAsync(client, await ui.ArriveAsync(await client.RequestAsync(("login_hint", first.LoginName))));
        Assert.Equal("/accounts", await ui.ArriveAsync(await client.RequestAsync(("login_hint", "nobody"))));

        var fresh = await NewUiAsync();
        Assert.Equal("/password", await fresh.ArriveAsync(await client.RequestAsync(("login_hint", second.LoginName))));
    }

    [Fact]
    public async Task Sessions_that_ended_elsewhere_are_gone_from_the_chooser()
    {
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var human = await Admin.NewHumanAsync();
        await LogInAsync(ui, client, human);
        (await Admin.EndAsync(ui.Session)).Expect(200);

        Assert.Equal("/loginname", await ui.ArriveAsync(await client.RequestAsync()));
        Assert.Empty(await ui.AccountsPageAsync());
        Assert.Equal("/password", await ui.NameAsync(human.LoginName));
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
    }

    [Theory]
    [InlineData("lock", "unlock")]
    [InlineData("deactivate", "reactivate")]
    public async Task Who_is_locked_or_inactive_does_not_come_in_until_that_is_over(string close, string open)
    {
        var human = await Admin.NewHumanAsync();
        var (ui, client) = await ArriveAsync();
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
        (await Admin.PostAsync($"/v2/users/{human.Id}/{close}")).Expect(200);

        Assert.Equal("/loginname", await ui.ArriveAsync(await client.RequestAsync()));
        Assert.Equal("error: An internal error occurred", await ui.NameAsync(human.LoginName));

        (await Admin.PostAsync($"/v2/users/{human.Id}/{open}")).Expect(200);
        Assert.Equal("/password", await ui.NameAsync(human.LoginName));
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
    }

    [Fact]
    public async Task An_application_of_an_organization_lets_in_its_people_and_nobody_elses()
    {
        var organization = (await Admin.PostAsync("/v2/organizations", new { name = Unique("Acme") })).Expect(201).Text("organizationId");
        var (member, other) = (await Admin.NewHumanAsync(organizationId: organization), await Admin.NewHumanAsync());
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var scope = $"openid urn:zitadel:iam:org:id:{organization}";

        Assert.Equal("/loginname", await ui.ArriveAsync(await client.RequestAsync(("scope", scope))));
        Assert.Equal("error: User not found in the system", await ui.NameAsync(other.LoginName));
        Assert.Equal("/password", await ui.NameAsync(member.LoginName));
        await ArrivesAsync(client, await ui.PasswordAsync(member.Password));
    }
}

public sealed class AccountFlowTestsOnSqlite(SqliteHost host) : AccountFlowTests(host);

public sealed class AccountFlowTestsOnPostgreSql(PostgreSqlHost host) : AccountFlowTests(host);
