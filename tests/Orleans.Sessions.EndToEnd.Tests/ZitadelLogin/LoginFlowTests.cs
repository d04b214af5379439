using Orleans.Sessions.EndToEnd.Notifications.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 comes to the end in every flow, with the token of a machine user that has only its role.</summary>
public abstract class LoginFlowTests(SharedHost host, OidcProviderProcess upstream) : LoginUiTests(host)
{
    [Fact]
    public async Task A_password_may_be_wrong_once()
    {
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync());
        Assert.Equal("/loginname", await ui.ArriveAsync(await client.RequestAsync()));
        Assert.Equal("error: User not found in the system", await ui.NameAsync(Unique("nobody")));
        Assert.Equal("/password", await ui.NameAsync(human.LoginName));
        Assert.Equal("error: 1 of 3 attempts", await ui.PasswordAsync("wrong"));
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));

        // The next application gets the same session without a question.
        await ArrivesAsync(client, await ui.ArriveAsync(await client.RequestAsync()));
    }

    [Fact]
    public async Task A_password_that_must_be_changed_is_changed_by_the_sessions_own_token()
    {
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync());
        await MustChangeAsync(human);
        await ui.ArriveAsync(await client.RequestAsync());
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/password/change", await ui.PasswordAsync(human.Password));
        Assert.Equal("error: Failed precondition", await ui.ChangePasswordAsync(human.Password));
        await ArrivesAsync(client, await ui.ChangePasswordAsync(Next));

        // Whoever has just logged in may change it again. The request is answered already, so the browser stays.
        Assert.Equal("/signedin", await ui.ChangePasswordAsync(human.Password));
        await Admin.OpenAsync(human);
    }

    [Fact]
    public async Task The_password_alone_does_not_replace_itself_where_the_person_has_a_second_factor()
    {
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync(withTotp: true));
        await MustChangeAsync(human);
        await ui.ArriveAsync(await client.RequestAsync());
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/password/change", await ui.PasswordAsync(human.Password));
        Assert.Equal("error: Session is not valid", await ui.ChangePasswordAsync(Next));
        await Admin.OpenAsync(human);
    }

    [Fact]
    public async Task An_invited_administrator_sets_the_first_password()
    {
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var human = await Admin.NewHumanAsync(password: null, withVerifiedEmail: false);
        (
            await Admin.PostAsync(
                "/v2/internal_permissions/administrators",
                new
                {
                    userId = human.Id,
                    resource = new { instance = true },
                    roles = new[] { "IAM_OWNER" },
                }
            )
        ).Expect(200);
        var invited = (await Admin.PostAsync($"/v2/users/{human.Id}/invite_code", new { returnCode = new { } })).Expect(200);

        await ui.ArriveAsync(await client.RequestAsync());
        Assert.Equal("/verify", await ui.NameAsync(human.LoginName));
        Assert.Equal("error: Could not verify invite", await ui.AcceptInvitationAsync(human.Id, "WRONG1"));
        Assert.Equal("/authenticator/set", await ui.AcceptInvitationAsync(human.Id, invited.Text("inviteCode")));
        await ArrivesAsync(client, await ui.FirstPasswordAsync(Next));
    }

    [Fact]
    public async Task A_person_is_found_by_address_and_by_number_however_it_is_written()
    {
        var contact = await Admin.NewContactAsync(withFactors: false);
        (await Admin.PostAsync($"{contact.Path}/password", new { newPassword = new { password = Password } })).Expect(200);
        foreach (var name in new[] { contact.Email, contact.Phone, contact.Phone.Insert(5, " ").Insert(3, " ") })
        {
            var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
            await ui.ArriveAsync(await client.RequestAsync());
            Assert.Equal("/password", await ui.NameAsync(name));
            await ArrivesAsync(client, await ui.PasswordAsync(Password));
        }
    }

    [Fact]
    public async Task A_login_that_is_too_old_leads_to_a_page_and_then_to_a_new_login()
    {
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync());
        await LogInAsync(ui, client, human);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        var requestId = await client.RequestAsync(("max_age", "1"));

        Assert.Equal("/accounts", await ui.ArriveAsync(requestId));
        Assert.Equal("/signedin", await ui.ContinueAsync());
        Assert.Equal("/loginname", await ui.ArriveAsync(requestId));
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));

        Assert.Equal("/loginname", await ui.ArriveAsync(await client.RequestAsync(("max_age", "0"))));
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
    }

    [Fact]
    public async Task A_login_that_proves_too_little_leads_to_a_page_and_then_to_a_better_one()
    {
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync());
        await LogInAsync(ui, client, human);
        var requestId = await client.RequestAsync(("acr_values", "aal2"), ("prompt", "select_account"));
        Assert.Equal("/accounts", await ui.ArriveAsync(requestId));
        Assert.Equal("/signedin", await ui.ContinueAsync());

        var secret = await ui.SetUpTotpAsync();
        Assert.Equal("/loginname", await ui.ArriveAsync(requestId));
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/otp/time-based", await ui.PasswordAsync(human.Password));
        await ArrivesAsync(client, await ui.TotpAsync(TotpCode.Next(secret)));
    }

    [Fact]
    public async Task A_request_that_is_gone_leads_to_a_page()
    {
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync());
        var requestId = await client.RequestAsync();
        await ui.ArriveAsync(requestId);
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
        Assert.Equal("/signedin", await ui.ContinueAsync());

        ui.Expire();
        Assert.Equal("/signedin", await ui.ContinueAsync());
    }

    [Fact]
    public async Task A_provider_creates_links_and_updates_a_person()
    {
        var options = new
        {
            isCreationAllowed = true,
            isAutoCreation = true,
            isAutoUpdate = true,
        };
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync(), options);
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var subject = await upstream.NewAccountAsync(Person(Unique("minnie")));
        await ui.ArriveAsync(await client.RequestAsync());
        await ArrivesAsync(client, await ui.ProviderAsync(provider, subject));
        var person = ui.UserId;
        (await Admin.PutAsync($"/v2/users/human/{person}", new { profile = new { givenName = "Minerva", familyName = "Mouse" } })).Expect(
            200
        );

        var again = await NewUiAsync();
        await again.ArriveAsync(await client.RequestAsync());
        await ArrivesAsync(client, await again.ProviderAsync(provider, subject));
        Assert.Equal(person, again.UserId);
        Assert.Equal("Minnie", (await Admin.GetAsync($"/v2/users/{person}")).Expect(200).Text("user.human.profile.givenName"));
    }

    [Fact]
    public async Task A_person_who_registers_at_a_provider_that_may_only_create_is_linked_and_nobody_else_is()
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync(), new { isCreationAllowed = true });
        var (ui, client, human) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin), await Admin.NewHumanAsync());
        var subject = await upstream.NewAccountAsync(Person(Unique("minnie")));
        await ui.ArriveAsync(await client.RequestAsync());
        Assert.Equal("/idp/oidc/complete-registration", await ui.ProviderAsync(provider, subject));
        var frontend = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        (await frontend.LinkAsync(human.Id, provider, subject)).Expect(Failures.LinkNotAllowed);

        await ArrivesAsync(client, await ui.RegisterAsync($"{Unique("mail")}@example.com", human.OrganizationId));
        Assert.Equal([subject], await Admin.LinksOfAsync(ui.UserId));
        (await frontend.LinkAsync(ui.UserId, provider, Unique("other"))).Expect(Failures.LinkNotAllowed);
    }

    private static object Person(string name) =>
        new
        {
            preferred_username = name,
            given_name = "Minnie",
            family_name = "Mouse",
            name = "Minnie M.",
            email = $"{name}@example.com",
            email_verified = true,
        };

    private async Task MustChangeAsync(Human human) =>
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = human.Password, changeRequired = true } }
            )
        ).Expect(200);
}

public sealed class LoginFlowTestsOnSqlite(SqliteHost host, OidcProviderProcess upstream) : LoginFlowTests(host, upstream);

public sealed class LoginFlowTestsOnPostgreSql(PostgreSqlHost host, OidcProviderProcess upstream) : LoginFlowTests(host, upstream);
