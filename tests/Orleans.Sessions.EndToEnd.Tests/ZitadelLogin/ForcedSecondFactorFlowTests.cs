using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 where a second factor is forced, and where wrong passwords lock.</summary>
public abstract class ForcedSecondFactorFlowTests(OidcProviderProcess upstream, bool onPostgreSql) : OwnHosts
{
    private const string Next = "Another-Horse-8";

    [Fact]
    public async Task Factors_are_set_up_passwords_changed_providers_trusted_and_locks_told()
    {
        var hardened = HostSettings
            .Shared.With("Sessions__LoginPolicy__ForceMfa", "true")
            .With(Setting.LockUser, "true")
            .With(Setting.MaxPasswordAttempts, "2");
        var admin = Admin(await StartAsync(onPostgreSql ? hardened.OnPostgreSql(await Databases.CreateAsync()) : hardened));
        var client = await RelyingParty.RegisterAsync(admin);
        var settings = (await admin.GetAsync("/v2/settings/login")).Expect(200);
        Assert.True(settings.Has("settings.forceMfaLocalOnly") && !settings.Has("settings.forceMfa"));

        await SetsUpAFactorAndChangesThePasswordAsync(admin, client);
        await LogsInAtAProviderAsync(admin, client);
        await IsToldOfTheLockAsync(admin, client);
    }

    /// <summary>Here the UI sets the password with its own token, because the person's is not good enough yet.</summary>
    private static async Task SetsUpAFactorAndChangesThePasswordAsync(Api admin, RelyingParty client)
    {
        var human = await admin.NewHumanAsync();
        (
            await admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = human.Password, changeRequired = true } }
            )
        ).Expect(200);
        var ui = await NewUiAsync(admin);
        await ui.ArriveAsync(await client.RequestAsync());
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/password/change", await ui.PasswordAsync(human.Password));
        Assert.Equal("error: Failed precondition", await ui.ChangePasswordAsync(human.Password));
        Assert.Equal("/mfa/set", await ui.ChangePasswordAsync(Next));
        var secret = await ui.SetUpTotpAsync();
        var page = await ui.TotpAsync(TotpCode.Next(secret));
        Assert.StartsWith(RelyingParty.RedirectUri, page, StringComparison.Ordinal);
    }

    private async Task LogsInAtAProviderAsync(Api admin, RelyingParty client)
    {
        var options = new { isCreationAllowed = true, isAutoCreation = true };
        var provider = await admin.AddProviderAsync(await upstream.IssuerAsync(), options);
        var name = Unique("minnie");
        var subject = await upstream.NewAccountAsync(
            new
            {
                preferred_username = name,
                given_name = "Minnie",
                family_name = "Mouse",
                email = $"{name}@example.com",
                email_verified = true,
            }
        );
        var ui = await NewUiAsync(admin);
        await ui.ArriveAsync(await client.RequestAsync());
        Assert.StartsWith(RelyingParty.RedirectUri, await ui.ProviderAsync(provider, subject), StringComparison.Ordinal);
        (await admin.As(ui.Session.Token).GetAsync($"/v2/users/{ui.UserId}")).Expect(200);
        await SetsUpNothingByThePasswordAloneAsync(admin);
    }

    /// <summary>A person who can satisfy the policy by a provider does so before a factor is set up with their password.</summary>
    private async Task SetsUpNothingByThePasswordAloneAsync(Api admin)
    {
        var provider = await admin.AddProviderAsync(await upstream.IssuerAsync(), new { isLinkingAllowed = true });
        var human = await admin.NewHumanAsync();
        (await admin.LinkAsync(human.Id, provider, Unique("subject"))).Expect(200);
        var person = admin.As((await admin.OpenAsync(human)).Token);
        foreach (var path in new[] { "totp", "totp/verify", "passkeys", "passkeys/1", "u2f", "u2f/1", "otp_sms", "otp_email", "password" })
        {
            (await person.PostAsync($"/v2/users/{human.Id}/{path}")).Expect(Failures.BearerWithoutMfa);
        }
    }

    private static async Task IsToldOfTheLockAsync(Api admin, RelyingParty client)
    {
        var human = await admin.NewHumanAsync();
        var ui = await NewUiAsync(admin);
        await ui.ArriveAsync(await client.RequestAsync());
        await ui.NameAsync(human.LoginName);
        Assert.Equal("error: 1 of 2 attempts", await ui.PasswordAsync("wrong"));
        Assert.Equal("error: 2 of 2 attempts", await ui.PasswordAsync("wrong"));
        Assert.Equal("error: 2 of 2 attempts", await ui.PasswordAsync(human.Password));
        Assert.Equal("USER_STATE_LOCKED", (await admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.state"));
    }

    private static async Task<LoginUi> NewUiAsync(Api admin) => new((await admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api);
}

public sealed class ForcedSecondFactorFlowTestsOnSqlite(OidcProviderProcess upstream)
    : ForcedSecondFactorFlowTests(upstream, onPostgreSql: false);

public sealed class ForcedSecondFactorFlowTestsOnPostgreSql(OidcProviderProcess upstream)
    : ForcedSecondFactorFlowTests(upstream, onPostgreSql: true);
