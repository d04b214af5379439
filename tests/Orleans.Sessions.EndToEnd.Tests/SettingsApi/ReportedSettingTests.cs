namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>The settings that login frontends read before they show a page: contract §16.</summary>
public abstract class ReportedSettingTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Policies_are_reported_as_they_are_enforced()
    {
        var lockout = (await Admin.GetAsync("/v2/settings/lockout")).Expect(200);
        Assert.Equal(("3", "100"), (lockout.Text("settings.maxPasswordAttempts"), lockout.Text("settings.maxOtpAttempts")));

        var complexity = (await Admin.GetAsync("/v2/settings/password/complexity?ctx.instance=true")).Expect(200);
        Assert.Equal("8", complexity.Text("settings.minLength"));
        Assert.All(["requiresUppercase", "requiresLowercase", "requiresNumber", "requiresSymbol"], rule =>
            Assert.True(complexity[$"settings.{rule}"]!.GetValue<bool>())
        );

        Assert.False((await Admin.GetAsync("/v2/settings/password/expiry")).Expect(200).Has("settings.maxAgeDays"));
        var domain = (await Admin.GetAsync("/v2/settings/domain")).Expect(200);
        Assert.Equal("RESOURCE_OWNER_TYPE_INSTANCE", domain.Text("settings.resourceOwnerType"));
        Assert.False(domain.Has("settings.loginNameIncludesDomain"));
    }

    [Fact]
    public async Task Login_settings_say_what_a_frontend_may_offer()
    {
        var settings = (await Admin.GetAsync("/v2/settings/login")).Expect(200);

        Assert.True(settings["settings.allowUsernamePassword"]!.GetValue<bool>());
        Assert.True(settings["settings.allowLocalAuthentication"]!.GetValue<bool>());
        Assert.Equal("PASSKEYS_TYPE_ALLOWED", settings.Text("settings.passkeysType"));
        Assert.Equal(
            [
                "SECOND_FACTOR_TYPE_OTP",
                "SECOND_FACTOR_TYPE_U2F",
                "SECOND_FACTOR_TYPE_OTP_EMAIL",
                "SECOND_FACTOR_TYPE_OTP_SMS",
                "SECOND_FACTOR_TYPE_RECOVERY_CODES",
            ],
            settings["settings.secondFactors"]!.AsArray().Select(factor => factor!.GetValue<string>())
        );
        Assert.Equal("864000s", settings.Text("settings.passwordCheckLifetime"));
        Assert.False(settings.Has("settings.forceMfa"));
    }

    [Fact]
    public async Task The_other_pages_settings_are_there_too()
    {
        var general = (await Admin.GetAsync("/v2/settings")).Expect(200);
        var organizationId = (await Admin.NewHumanAsync()).OrganizationId;
        Assert.Equal((organizationId, organizationId), (general.Text("defaultOrgId"), general.Text("defaultOrganizationId")));
        foreach (var languages in new[] { "supportedLanguages", "allowedLanguages" })
        {
            Assert.Equal(["en", "de"], general[languages]!.AsArray().Select(language => language!.GetValue<string>()));
        }

        foreach (var page in new[] { "branding", "legal_support", "security", "hosted_login_translation?instance=true&locale=en" })
        {
            (await Admin.GetAsync($"/v2/settings/{page}")).Expect(200);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/login")]
    [InlineData("/lockout")]
    [InlineData("/password/complexity")]
    [InlineData("/password/expiry")]
    [InlineData("/domain")]
    [InlineData("/branding")]
    [InlineData("/legal_support")]
    [InlineData("/security")]
    [InlineData("/hosted_login_translation?instance=true&locale=en")]
    public async Task Only_who_may_read_policies_reads_them(string page)
    {
        var machine = await Admin.NewMachineAsync();

        (await machine.Api.GetAsync($"/v2/settings{page}")).Expect(Failures.NoPermission);
        (await Admin.As(null).GetAsync($"/v2/settings{page}")).Expect(Failures.NoToken);
    }
}

public sealed class ReportedSettingTestsOnSqlite(SqliteHost host) : ReportedSettingTests(host);

public sealed class ReportedSettingTestsOnPostgreSql(PostgreSqlHost host) : ReportedSettingTests(host);
