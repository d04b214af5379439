using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>A password that must be changed is accepted, but gives no login until it is changed.</summary>
public sealed class OutdatedPasswordTests(SqliteHost host) : ContractTests(host)
{
    private const string Next = "Another-Horse-8";
    private static readonly Failure s_outdated = new(
        403,
        7,
        "SESSION-Pol02",
        "The user must change the password before it counts as a login"
    );

    [Fact]
    [Asvs("6.4.1")]
    public async Task Its_check_succeeds_and_makes_no_bearer_token_and_no_callback()
    {
        var human = await NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var client = await RelyingParty.RegisterAsync(Admin);

        Assert.True((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.password.verifiedAt"));
        (await Admin.As(session.Token).GetAsync($"/v2/users/{human.Id}")).Expect(s_outdated);
        (await Admin.As(session.Token).GetAsync($"/v2/sessions/{session.Id}")).Expect(s_outdated);
        (await client.CompleteAsync(await client.RequestAsync(), session)).Expect(s_outdated with { Status = 400, Code = 9 });

        var service = await RelyingParty.RegisterAsync(
            Admin,
            ("grantTypes", new[] { RelyingParty.TokenExchange }),
            ("redirectUris", Array.Empty<string>())
        );
        (
            await service.TokenAsync(
                ("grant_type", RelyingParty.TokenExchange),
                ("subject_token", session.Token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            )
        ).ExpectOAuth(400, "insufficient_user_authentication");
        Assert.InRange((await Admin.As(session.Token).GetAsync("/oidc/v1/userinfo")).Status, 400, 403);
    }

    [Fact]
    public async Task Its_session_token_is_good_for_changing_it_and_then_the_login_counts()
    {
        var (human, other) = (await NewHumanAsync(), await NewHumanAsync());
        var session = await Admin.OpenAsync(human);
        var self = Admin.As(session.Token);

        (await self.PostAsync($"/v2/users/{other.Id}/password", Change(other))).Expect(s_outdated);
        (await self.PostAsync($"/v2/users/{human.Id}/password", new { newPassword = new { password = human.Password } })).Expect(
            new Failure(400, 9, "COMMAND-Aesh5", "New password is the same as the old one")
        );
        (await self.PostAsync($"/v2/users/{human.Id}/password", Change(human))).Expect(200);

        Assert.False((await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Has("user.human.passwordChangeRequired"));
        session = session.After(await Admin.SetAsync(session, new { checks = new { password = new { password = Next } } }));
        (await Admin.As(session.Token).GetAsync($"/v2/users/{human.Id}")).Expect(200);
    }

    [Fact]
    public async Task A_second_factor_does_not_stand_in_for_it()
    {
        var human = await NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);
        session = session.After(
            await Admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })
        );

        (await Admin.As(session.Token).GetAsync($"/v2/users/{human.Id}")).Expect(s_outdated);
    }

    private async Task<Human> NewHumanAsync(bool withTotp = false)
    {
        var human = await Admin.NewHumanAsync(withTotp);
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = human.Password, changeRequired = true } }
            )
        ).Expect(200);
        return human;
    }

    private static object Change(Human human) => new { newPassword = new { password = Next }, currentPassword = human.Password };
}

/// <summary>The maximum age of passwords is reported. Invalid settings make the start fail.</summary>
public sealed class PasswordAges : OwnHosts
{
    [Fact]
    public async Task The_age_is_reported_and_a_young_password_makes_a_login()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings
                    .Shared.With("Sessions__PasswordPolicy__MaxAgeDays", "90")
                    .With("Sessions__PasswordPolicy__ExpireWarnDays", "10")
            )
        );
        var human = await admin.NewHumanAsync();

        var settings = (await admin.GetAsync("/v2/settings/password/expiry")).Expect(200);
        Assert.Equal(("90", "10"), (settings.Text("settings.maxAgeDays"), settings.Text("settings.expireWarnDays")));
        Assert.True((await admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Has("user.human.passwordChanged"));
        (await admin.As((await admin.OpenAsync(human)).Token).GetAsync($"/v2/users/{human.Id}")).Expect(200);
    }
}
