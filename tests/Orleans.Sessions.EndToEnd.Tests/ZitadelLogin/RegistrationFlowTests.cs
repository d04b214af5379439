using Orleans.Sessions.EndToEnd.Notifications.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>People come through ZITADEL's Login UI v2 for the first time: they register themselves, or were invited.</summary>
public abstract class RegistrationFlowTests(NotifyingHost host, OidcProviderProcess upstream) : LoginUiTests(host)
{
    [Fact]
    public async Task People_register_themselves_with_a_password()
    {
        var (ui, client) = (await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        var email = $"{Unique("mail")}@example.com";
        Assert.Equal("/register", await ui.ArriveAsync(await client.RequestAsync(("prompt", "create"))));
        Assert.Equal("/register", await ui.RegisterPageAsync());
        Assert.Equal("error: Could not register user", await ui.SignUpAsync(email, "short"));
        await ArrivesAsync(client, await ui.SignUpAsync(email, Password));

        // Nobody registers twice, and the name is the address.
        var (other, again) = await ArriveAsync();
        await other.RegisterPageAsync();
        Assert.Equal("error: Could not register user", await other.SignUpAsync(email, Password));
        Assert.Equal("/password", await other.NameAsync(email));
        await ArrivesAsync(again, await other.PasswordAsync(Password));
    }

    [Fact]
    public async Task The_address_of_who_registers_is_verified_first_where_the_operator_demands_it()
    {
        var (ui, client) = await ArriveAsync(new LoginUi(await TokenAsync(Admin)) { DemandsVerifiedEmail = true });
        var email = $"{Unique("mail")}@example.com";
        await ui.RegisterPageAsync();
        Assert.Equal("/verify", await ui.SignUpAsync(email, Password));
        await host.Email.ReceiveAsync(email);
        Assert.Equal("/verify", await ui.VerifyPageAsync());
        var link = LinkIn(await host.Email.ReceiveAsync(email), "/verify");
        await ArrivesAsync(client, await ui.VerifyEmailAsync(link["userId"], link["code"]));
    }

    [Fact]
    public async Task An_invitation_is_sent_again_accepted_once_and_leads_to_a_password()
    {
        var human = await Admin.NewHumanAsync(password: null);
        var (ui, client) = await ArriveAsync();
        Assert.Equal("/verify", await ui.NameAsync(human.LoginName));
        Assert.Equal("/verify", await ui.VerifyPageAsync(isInvite: true));
        var first = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify");
        Assert.Equal(("true", human.Id), (first["invite"], first["userId"]));
        Assert.Equal("/verify", await ui.ResendVerificationAsync(isInvite: true));
        var second = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify");

        Assert.Equal("error: Could not verify invite", await ui.AcceptInvitationAsync(human.Id, first["code"]));
        Assert.Equal("/authenticator/set", await ui.AcceptInvitationAsync(human.Id, second["code"]));
        Assert.Empty(await ui.AuthenticatorPageAsync());
        await ArrivesAsync(client, await ui.FirstPasswordAsync(Next));

        Assert.Equal("error: User is already verified", await ui.ResendVerificationAsync(isInvite: true));
        Assert.Equal("error: Could not verify invite", await ui.AcceptInvitationAsync(human.Id, second["code"]));
    }

    [Fact]
    public async Task An_invitation_is_followed_in_another_browser_and_leads_to_a_provider()
    {
        var provider = await Admin.AddProviderAsync(await upstream.IssuerAsync(), new { isLinkingAllowed = true });
        var subject = await upstream.NewAccountAsync(new { preferred_username = Unique("minnie") });
        var human = await Admin.NewHumanAsync(password: null);
        var (ui, _) = await ArriveAsync();
        await ui.NameAsync(human.LoginName);
        await ui.VerifyPageAsync(isInvite: true);
        var link = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify");

        var (other, client) = await ArriveAsync();
        Assert.Equal("/authenticator/set", await other.AcceptInvitationAsync(link["userId"], link["code"]));
        Assert.Empty(await other.AuthenticatorPageAsync());
        await ArrivesAsync(client, await other.LinkProviderAsync(provider, subject));

        (ui, client) = await ArriveAsync();
        Assert.Equal("/idp", await ui.NameAsync(human.LoginName));
        await ArrivesAsync(client, await ui.ProviderAsync(provider, subject));
        Assert.Equal(human.Id, ui.UserId);
    }
}

public sealed class RegistrationFlowTestsOnSqlite(NotifyingSqliteHost host, OidcProviderProcess upstream)
    : RegistrationFlowTests(host, upstream);

public sealed class RegistrationFlowTestsOnPostgreSql(NotifyingPostgreSqlHost host, OidcProviderProcess upstream)
    : RegistrationFlowTests(host, upstream);
