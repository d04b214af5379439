using Orleans.Sessions.EndToEnd.Notifications.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.WebAuthn.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 with passkeys and security keys of a real browser.</summary>
public abstract class KeyFlowTests(Chromium chromium, NotifyingHost host) : LoginUiTests(host)
{
    [Fact]
    public async Task A_passkey_is_registered_proved_at_once_and_logs_in_from_then_on()
    {
        await using var site = await LoginSite.StartAsync(Admin);
        await using var window = await BrowserWindow.OpenAsync(chromium, site.At("localhost"));
        var human = await Admin.NewHumanAsync();
        var (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
        Assert.Equal("/passkey", await ui.RegisterPasskeyAsync(window));
        Assert.Equal("/signedin", await ui.PasskeyAsync(window));

        (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        Assert.Equal("/passkey", await ui.NameAsync(human.LoginName));
        await ArrivesAsync(client, await ui.PasskeyAsync(window));

        // A passkey proves two factors.
        var requestId = await client.RequestAsync(("acr_values", "aal2"));
        await ArrivesAsync(client, await ui.ArriveAsync(requestId));

        // A page of the person's own keys tells when it was registered and last used.
        var listed = (await Admin.PostAsync($"/v2/users/{human.Id}/passkeys/_search")).Expect(200);
        Assert.True(listed.Date("result.0.lastUsedDate") >= listed.Date("result.0.creationDate"));
        var known = (await Admin.PostAsync($"/v2/users/{human.Id}/authenticators/search")).Expect(200);
        Assert.Equal(listed.Texts("result", "id"), known.Texts("authenticators", "id"));
        Assert.Equal(listed.Texts("result", "lastUsedDate"), known.Texts("authenticators", "lastUsedDate"));
        Assert.True(known.Has("authenticators.0.passkey"));
    }

    [Fact]
    public async Task A_person_with_a_passkey_may_use_the_password_instead()
    {
        await using var site = await LoginSite.StartAsync(Admin);
        await using var window = await BrowserWindow.OpenAsync(chromium, site.At("localhost"));
        var human = await Admin.NewHumanAsync();
        (await window.RegisterAsync(human.Id)).Expect(200);

        var (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        Assert.Equal("/passkey", await ui.NameAsync(human.LoginName));
        Assert.Equal("error: 1 of 3 attempts", await ui.PasswordAsync("wrong"));
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
    }

    [Fact]
    public async Task A_security_key_is_a_second_factor()
    {
        await using var site = await LoginSite.StartAsync(Admin);
        await using var window = await BrowserWindow.OpenAsync(chromium, site.At("localhost"), withSecurityKey: true);
        var human = await Admin.NewHumanAsync();
        var (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
        Assert.Equal("/u2f", await ui.RegisterU2fAsync(window));
        Assert.Equal("/signedin", await ui.U2fAsync(window));

        (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        Assert.Equal("/password", await ui.NameAsync(human.LoginName));
        Assert.Equal("/u2f", await ui.PasswordAsync(human.Password));
        await ArrivesAsync(client, await ui.U2fAsync(window));

        // Beside an app, the person chooses.
        await ui.SetUpTotpAsync();
        (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/mfa", await ui.PasswordAsync(human.Password));
    }

    [Fact]
    public async Task People_register_themselves_with_a_passkey()
    {
        await using var site = await LoginSite.StartAsync(Admin);
        await using var window = await BrowserWindow.OpenAsync(chromium, site.At("localhost"));
        var ui = await NewUiAtAsync(site);
        var client = await RelyingParty.RegisterAsync(Admin);
        var email = $"{Unique("mail")}@example.com";
        Assert.Equal("/register", await ui.ArriveAsync(await client.RequestAsync(("prompt", "create"))));
        Assert.Equal("/register", await ui.RegisterPageAsync());
        Assert.Equal("/passkey/set", await ui.SignUpAsync(email));
        Assert.Equal("/passkey", await ui.RegisterPasskeyAsync(window));
        await ArrivesAsync(client, await ui.PasskeyAsync(window));

        (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        Assert.Equal("/passkey", await ui.NameAsync(email));
        await ArrivesAsync(client, await ui.PasskeyAsync(window));
    }

    [Fact]
    public async Task An_invited_person_begins_with_a_passkey()
    {
        await using var site = await LoginSite.StartAsync(Admin);
        await using var window = await BrowserWindow.OpenAsync(chromium, site.At("localhost"));
        var human = await Admin.NewHumanAsync(password: null);
        var (ui, client) = await ArriveAsync(await NewUiAtAsync(site));
        Assert.Equal("/verify", await ui.NameAsync(human.LoginName));
        Assert.Equal("/verify", await ui.VerifyPageAsync(isInvite: true));
        var link = LinkIn(await host.Email.ReceiveAsync(human.Email), "/verify");
        Assert.Equal("/authenticator/set", await ui.AcceptInvitationAsync(link["userId"], link["code"]));
        Assert.Empty(await ui.AuthenticatorPageAsync());
        Assert.Equal("/passkey", await ui.RegisterPasskeyAsync(window));
        await ArrivesAsync(client, await ui.PasskeyAsync(window));
    }

    /// <summary>The UI at the address of the site, so that the keys are made for its host.</summary>
    private async Task<LoginUi> NewUiAtAsync(LoginSite site) => new(await TokenAsync(Admin), new Uri(site.At("localhost")).Authority);
}

public sealed class KeyFlowTestsOnSqlite(Chromium chromium, NotifyingSqliteHost host) : KeyFlowTests(chromium, host);

public sealed class KeyFlowTestsOnPostgreSql(Chromium chromium, NotifyingPostgreSqlHost host) : KeyFlowTests(chromium, host);
