using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 where requests expire during the login, and where nobody learns which names exist.</summary>
public abstract class LateAndHiddenFlowTests(bool onPostgreSql) : OwnHosts
{
    private const string Lifetime = "00:00:10";
    private static readonly TimeSpan s_expiresWithin = TimeSpan.FromSeconds(40);
    private static readonly Failure s_wrong = Failures.WrongPassword with { CountsAttempts = false };

    [Fact]
    public async Task Requests_expire_with_a_page_and_names_that_nobody_may_learn_stay_unknown()
    {
        var settings = HostSettings
            .Shared.With("Sessions__Oidc__Requests__Lifetime", Lifetime)
            .With("Sessions__Oidc__DeviceCodeLifetime", Lifetime)
            .With("Sessions__LoginPolicy__IgnoreUnknownUserNames", "true");
        var admin = Admin(await StartAsync(onPostgreSql ? settings.OnPostgreSql(await Databases.CreateAsync()) : settings));

        await ExpiresAsync(admin);
        await HidesNamesInTheUiAsync(admin);
        await HidesNamesInOneCallAsync(admin);
    }

    private static async Task ExpiresAsync(Api admin)
    {
        var (human, client) = (await admin.NewHumanAsync(), await RelyingParty.RegisterAsync(admin));
        var device = await RelyingParty.RegisterPublicAsync(
            admin,
            ("redirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { RelyingParty.DeviceCode })
        );
        var (ui, onDevice) = (await NewUiAsync(admin), await NewUiAsync(admin));
        var request = await client.RequestAsync();
        await ui.ArriveAsync(request);
        await ui.NameAsync(human.LoginName);
        var code = (await device.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200).Text("user_code");
        Assert.Equal("/device/consent", await onDevice.DeviceAsync(code));
        await onDevice.NameAsync(human.LoginName);
        await Eventually.StatusAsync(404, () => admin.GetAsync($"/v2/oidc/auth_requests/{request}"), s_expiresWithin);
        await Eventually.StatusAsync(404, () => admin.GetAsync($"/v2/oidc/device_authorization/{code}"), s_expiresWithin);

        Assert.Equal("/signedin", await ui.PasswordAsync(human.Password));
        Assert.Equal("error: the page of a fault", await ui.ArriveAsync(request));
        Assert.StartsWith(
            "error: Device Authorization could not be found",
            await onDevice.PasswordAsync(human.Password),
            StringComparison.Ordinal
        );
        Assert.Equal("error: Could not continue the request", await onDevice.DeviceAsync(code));
    }

    /// <summary>The UI shows everybody the same pages and texts, and a person with the right password comes in.</summary>
    private static async Task HidesNamesInTheUiAsync(Api admin)
    {
        var (human, client) = (await admin.NewHumanAsync(), await RelyingParty.RegisterAsync(admin));
        foreach (var name in new[] { human.LoginName, Unique("nobody") })
        {
            var ui = await NewUiAsync(admin);
            await ui.ArriveAsync(await client.RequestAsync());
            Assert.Equal("/password", await ui.NameAsync(name));
            for (var guess = 0; guess < 4; guess++)
            {
                Assert.Equal("error: Could not verify password", await ui.PasswordAsync("wrong"));
            }
        }

        human = await admin.NewHumanAsync();
        var theirs = await NewUiAsync(admin);
        await theirs.ArriveAsync(await client.RequestAsync());
        await theirs.NameAsync(human.LoginName);
        Assert.StartsWith(RelyingParty.RedirectUri, await theirs.PasswordAsync(human.Password), StringComparison.Ordinal);
    }

    /// <summary>A page that asks for name and password at once gets the same answers for every name, blocks included.</summary>
    private static async Task HidesNamesInOneCallAsync(Api admin)
    {
        var inactive = await admin.NewHumanAsync();
        (await admin.PostAsync($"/v2/users/{inactive.Id}/deactivate")).Expect(200);
        string[] names =
        [
            (await admin.NewHumanAsync()).LoginName,
            (await admin.NewHumanAsync(password: null)).LoginName,
            (await admin.NewMachineAsync()).LoginName,
            inactive.LoginName,
            Unique("nobody"),
        ];
        foreach (var name in names)
        {
            for (var guess = 0; guess < 3; guess++)
            {
                (await GuessAsync(admin, name)).Expect(s_wrong);
            }

            var blocked = (await GuessAsync(admin, name)).Expect(new Failure(400, 9, "COMMAND-JLK35", "User is locked"));
            Assert.NotNull(blocked.Header("Retry-After"));
        }
    }

    private static Task<Reply> GuessAsync(Api admin, string loginName) =>
        admin.CreateSessionAsync(new { checks = new { user = new { loginName }, password = new { password = "wrong" } } });

    private static async Task<LoginUi> NewUiAsync(Api admin) => new((await admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api);
}

public sealed class LateAndHiddenFlowTestsOnSqlite() : LateAndHiddenFlowTests(onPostgreSql: false);

public sealed class LateAndHiddenFlowTestsOnPostgreSql() : LateAndHiddenFlowTests(onPostgreSql: true);
