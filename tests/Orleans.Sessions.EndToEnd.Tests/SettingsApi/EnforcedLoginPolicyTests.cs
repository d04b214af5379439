namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>A factor that the login policy does not allow does not count.</summary>
public sealed class EnforcedLoginPolicyTests : OwnHosts
{
    private static readonly Failure s_notAllowed = new(400, 9, "SESSION-Pol01", "The login policy does not allow this factor");

    [Fact]
    public async Task Factors_that_are_not_allowed_are_refused_and_reported_as_such()
    {
        var host = await StartAsync(
            HostSettings
                .Shared.With("Sessions__LoginPolicy__AllowPassword", "false")
                .With("Sessions__LoginPolicy__AllowTotp", "false")
                .With("Sessions__LoginPolicy__AllowU2F", "false")
                .With("Sessions__LoginPolicy__AllowOtpEmail", "false")
        );
        var admin = Admin(host);
        var human = await admin.NewHumanAsync(withTotp: true);
        var session = await admin.OpenAsync(new { checks = human.OnlyUser });

        (await admin.CreateSessionAsync(new { checks = human.WithPassword })).Expect(s_notAllowed);
        (await admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })).Expect(s_notAllowed);
        (await admin.SetAsync(session, new { challenges = new { otpEmail = new { returnCode = new { } } } })).Expect(s_notAllowed);
        (
            await admin.SetAsync(
                session,
                new
                {
                    challenges = new
                    {
                        webAuthN = new { domain = "localhost", userVerificationRequirement = "USER_VERIFICATION_REQUIREMENT_DISCOURAGED" },
                    },
                }
            )
        ).Expect(s_notAllowed);

        var settings = (await admin.GetAsync("/v2/settings/login")).Expect(200);
        Assert.False(settings.Has("settings.allowUsernamePassword"));
        Assert.Equal(
            ["SECOND_FACTOR_TYPE_OTP_SMS", "SECOND_FACTOR_TYPE_RECOVERY_CODES"],
            settings["settings.secondFactors"]!.AsArray().Select(factor => factor!.GetValue<string>())
        );
        Assert.Equal(session.Sequence, (await admin.ReadAsync(session)).Expect(200).Number("session.sequence"));
    }

    [Fact]
    [Asvs("6.3.3")]
    public async Task Where_two_factors_are_forced_one_makes_no_bearer_token()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__LoginPolicy__ForceMfa", "true")));
        var human = await admin.NewHumanAsync(withTotp: true);
        var simple = await admin.NewHumanAsync();
        var one = await admin.OpenAsync(simple);
        var two = await admin.OpenAsync(human);
        two = two.After(await admin.SetAsync(two, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } }));

        (await admin.As(one.Token).GetAsync($"/v2/users/{simple.Id}")).Expect(Failures.BearerWithoutMfa);
        (await admin.As(two.Token).GetAsync($"/v2/users/{human.Id}")).Expect(200);
    }
}
