using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The login policy's <c>ForceMfa</c> applies to relying parties, and to tokens that they already have.</summary>
public sealed class ForcedSecondFactorTests : OwnHosts
{
    private static readonly Failure s_policyWantsMore = new(
        400,
        9,
        "OIDC-Acr06",
        "insufficient_user_authentication: the login policy requires a second factor"
    );

    [Fact]
    [Asvs("6.3.3")]
    public async Task One_factor_is_not_enough_any_more()
    {
        var settings = HostSettings.Shared.With(Setting.DataPath, NewFolder());
        var host = await StartAsync(settings);
        var before = Admin(host);
        var human = await before.NewHumanAsync();
        var session = await before.OpenAsync(human);
        var registered = await RelyingParty.RegisterAsync(
            before,
            ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.DeviceCode, RelyingParty.TokenExchange }),
            ("scopes", new[] { RelyingParty.ApiScope })
        );
        var tokens = await registered.SignInAsync(session, $"openid {RelyingParty.ApiScope}");
        (await before.As(tokens.Text("access_token")).ReadAsync(session)).Expect(200);
        await host.TerminateAsync();
        settings = settings.With("Sessions__LoginPolicy__ForceMfa", "true").With("Sessions__LoginPolicy__IgnoreUnknownUserNames", "true");
        var admin = before.At(await StartAsync(settings));
        var client = new RelyingParty(admin, registered.Id, registered.Secret);

        (await admin.As(tokens.Text("access_token")).ReadAsync(session)).Expect(Failures.BearerWithoutMfa);
        (await client.CompleteAsync(await client.RequestAsync(), session)).Expect(s_policyWantsMore);
        (
            await client.TokenAsync(
                ("grant_type", RelyingParty.TokenExchange),
                ("subject_token", session.Token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            )
        ).ExpectOAuth(400, "insufficient_user_authentication");
        var userCode = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200).Text("user_code");
        var device = (await admin.GetAsync($"/v2/oidc/device_authorization/{userCode}")).Expect(200).Text("deviceAuthorizationRequest.id");
        object Allow(OpenSession by) => new { session = new { sessionId = by.Id, sessionToken = by.Token } };
        (await admin.PostAsync($"/v2/oidc/device_authorization/{device}", Allow(session))).Expect(s_policyWantsMore);

        var careful = await admin.NewHumanAsync(withTotp: true);
        var twofold = await admin.OpenAsync(careful);
        twofold = twofold.After(
            await admin.SetAsync(twofold, new { checks = new { totp = new { code = TotpCode.Now(careful.TotpSecret) } } })
        );
        var good = await client.SignInAsync(twofold, $"openid {RelyingParty.ApiScope}");
        (await admin.As(good.Text("access_token")).ReadAsync(twofold)).Expect(200);
        (await admin.PostAsync($"/v2/oidc/device_authorization/{device}", Allow(twofold))).Expect(200);
        await SetsUpAnAppAsync(admin);
        await ChangesThePasswordFirstAsync(admin);
        await HidesWhichNamesExistAsync(admin);
    }

    /// <summary>A login name with a password fails in the same way whether or not the name exists, if the settings say so.</summary>
    private static async Task HidesWhichNamesExistAsync(Api admin)
    {
        var human = await admin.NewHumanAsync();
        foreach (var loginName in new[] { human.LoginName, "nobody-at-all" })
        {
            (
                await admin.CreateSessionAsync(new { checks = new { user = new { loginName }, password = new { password = "wrong" } } })
            ).Expect(Failures.WrongPassword with { CountsAttempts = false });
        }

        var named = await admin.OpenAsync(new { checks = human.OnlyUser });
        var verdict = await admin.PostAsync("/v2/sessions/evaluate", new { sessionId = named.Id, sessionToken = named.Token });
        Assert.Equal(3, verdict.Expect(200).Items("next").Count);
        Assert.False(verdict.Has("ways"));
    }

    /// <summary>A person whose password must be changed does that with their own token, and then sets up a second factor.</summary>
    private static async Task ChangesThePasswordFirstAsync(Api admin)
    {
        const string next = "Another-Horse-8";
        var human = await admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}/password";
        (await admin.PostAsync(path, new { newPassword = new { password = human.Password, changeRequired = true } })).Expect(200);
        var person = admin.As((await admin.OpenAsync(human)).Token);
        (await person.PostAsync(path, new { newPassword = new { password = next } })).Expect(200);

        var checks = new { user = new { userId = human.Id }, password = new { password = next } };
        var again = admin.As((await admin.OpenAsync(new { checks })).Token);
        (await again.PostAsync($"/v2/users/{human.Id}/totp")).Expect(200);
    }

    /// <summary>A person without a second factor sets one up with their own token, which is good for nothing else before.</summary>
    private static async Task SetsUpAnAppAsync(Api admin)
    {
        var (human, other) = (await admin.NewHumanAsync(), await admin.NewHumanAsync());
        var session = await admin.OpenAsync(human);
        var person = admin.As(session.Token);
        (await person.GetAsync(session.Path)).Expect(Failures.BearerWithoutMfa);
        (await person.PostAsync($"/v2/users/{other.Id}/totp")).Expect(Failures.BearerWithoutMfa);

        var secret = (await person.PostAsync($"/v2/users/{human.Id}/totp")).Expect(200).Text("secret");
        (await person.PostAsync($"/v2/users/{human.Id}/totp/verify", new { code = TotpCode.Now(secret) })).Expect(200);

        Assert.True((await person.GetAsync(session.Path)).Expect(200).Has("session.factors.totp"));

        // From now on the password alone sets up nothing.
        var again = admin.As((await admin.OpenAsync(human)).Token);
        (await again.PostAsync($"/v2/users/{human.Id}/otp_email")).Expect(Failures.BearerWithoutMfa);
    }
}
