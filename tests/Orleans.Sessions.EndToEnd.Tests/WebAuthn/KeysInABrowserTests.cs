using Orleans.Sessions.EndToEnd.WebAuthn.Harness;

namespace Orleans.Sessions.EndToEnd.WebAuthn;

/// <summary>A real browser registers and uses passkeys and security keys.</summary>
public sealed class KeysInABrowserTests(Chromium chromium, SqliteHost host) : BrowserTests(chromium, host)
{
    private const string Discouraged = "USER_VERIFICATION_REQUIREMENT_DISCOURAGED";

    [Fact]
    public async Task A_passkey_is_set_up_and_proves_the_person()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));

        (await window.RegisterAsync(human.Id)).Expect(200);
        var session = await SessionAsync(await window.SignInAsync(human.OnlyUser));

        Assert.True(session["session.factors.webAuthN.userVerified"]!.GetValue<bool>());
        Assert.Equal(human.Id, session.Text("session.factors.user.id"));
        Assert.Equal(
            ["AUTHENTICATION_METHOD_TYPE_PASSWORD", "AUTHENTICATION_METHOD_TYPE_PASSKEY"],
            (await Admin.GetAsync($"/v2/users/{human.Id}/authentication_methods"))
                .Expect(200)
                .Items("authMethodTypes")
                .Select(method => method.GetValue<string>())
        );
    }

    [Fact]
    public async Task A_stranger_who_guesses_passwords_keeps_no_passkey_out()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);
        for (var guess = 0; guess < 3; guess++)
        {
            (
                await Admin.CreateSessionAsync(
                    new { checks = new { user = new { userId = human.Id }, password = new { password = "wrong" } } }
                )
            ).Expect(Failures.WrongPassword);
        }

        Assert.Equal(
            "COMMAND-JLK35",
            (await Admin.CreateSessionAsync(new { checks = human.WithPassword })).Expect(400).Text("details.0.id")
        );
        foreach (var session in new[] { await window.SignInAsync(human.OnlyUser), await window.SignInAsync() })
        {
            Assert.Equal(human.Id, (await SessionAsync(session)).Text("session.factors.user.id"));
        }
    }

    [Fact]
    public async Task A_passkey_is_used_again_and_again()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);

        for (var use = 0; use < 3; use++)
        {
            (await window.SignInAsync(human.OnlyUser)).Expect(200);
        }
    }

    [Fact]
    public async Task A_passkey_signs_in_without_a_user_name()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);

        var session = await SessionAsync(await window.SignInAsync());

        Assert.Equal(human.Id, session.Text("session.factors.user.id"));
        Assert.Equal(human.LoginName, session.Text("session.factors.user.loginName"));
        Assert.True(session["session.factors.webAuthN.userVerified"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_security_key_is_set_up_and_is_a_second_factor()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"), withSecurityKey: true);

        (await window.RegisterAsync(human.Id, "u2f")).Expect(200);
        var session = await SessionAsync(await window.SignInAsync(human.WithPassword, verification: Discouraged));

        Assert.False(session.Has("session.factors.webAuthN.userVerified"));
        Assert.True(session.Has("session.factors.webAuthN.verifiedAt"));
        Assert.True(session.Has("session.factors.password.verifiedAt"));
        var factors = (await Admin.PostAsync($"/v2/users/{human.Id}/authentication_factors/_search")).Expect(200);
        Assert.Equal("AUTH_FACTOR_STATE_READY", factors.Text("result.0.state"));
        Assert.Equal("Key", factors.Text("result.0.u2f.name"));
    }

    [Fact]
    public async Task An_authenticator_is_not_registered_twice()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);

        Assert.Equal("InvalidStateError", (await window.RegisterAsync(human.Id)).Refusal);
    }

    [Fact]
    public async Task A_page_below_the_relying_party_uses_its_keys()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.SecurelyAt("login.example.test"));

        (await window.RegisterAsync(human.Id, domain: "example.test")).Expect(200);
        (await window.SignInAsync(human.OnlyUser, domain: "example.test")).Expect(200);
    }

    [Fact]
    public async Task A_code_registers_a_passkey_for_a_caller_without_rights()
    {
        var human = await Admin.NewHumanAsync();
        var code = (await Admin.PostAsync($"/v2/users/{human.Id}/passkeys/registration_link", new { returnCode = new { } })).Expect(200)[
            "code"
        ]!;
        await using var site = await StartSiteAsync();
        site.Caller = (await Admin.NewMachineAsync()).Api;
        await using var window = await OpenAsync(site.At("localhost"));

        (await window.RegisterAsync(human.Id)).Expect(Failures.NoPermission);
        (await window.RegisterAsync(human.Id, code: code)).Expect(200);
        (await window.RegisterAsync(human.Id, code: code)).Expect(new Failure(400, 3, "COMMAND-Eeb2a", "Code is invalid"));

        site.Caller = Admin;
        (await window.SignInAsync(human.OnlyUser)).Expect(200);
    }
}
