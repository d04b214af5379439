using System.Xml.Linq;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin;

/// <summary>ZITADEL's Login UI v2 for devices and for SAML service providers.</summary>
public abstract class RequestFlowTests(SharedHost host) : LoginUiTests(host)
{
    [Fact]
    public async Task A_device_is_let_in_by_who_logs_in_and_only_once()
    {
        var (ui, device, human) = (await NewUiAsync(), await NewDeviceAsync(), await Admin.NewHumanAsync());
        var start = await BeginAsync(device);
        Assert.Equal("error: Could not continue the request", await ui.DeviceAsync("BBBB-BBBB"));
        Assert.Equal("/device/consent", await ui.DeviceAsync(start.Text("user_code")));
        Assert.Equal("/password", await ui.NameAsync(human.LoginName));
        Assert.Equal("error: 1 of 3 attempts", await ui.PasswordAsync("wrong"));
        Assert.Equal("/signedin", await ui.PasswordAsync(human.Password));
        Assert.StartsWith("error: Device Authorization has already been handled", await ui.ContinueAsync(), StringComparison.Ordinal);

        var tokens = (await PollAsync(device, start)).Expect(200);
        Assert.Equal(human.Id, (await Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200).Text("sub"));
    }

    [Fact]
    public async Task A_device_is_told_that_the_person_does_not_want_it()
    {
        var (ui, device) = (await NewUiAsync(), await NewDeviceAsync());
        var start = await BeginAsync(device);
        Assert.Equal("/device/consent", await ui.DeviceAsync(start.Text("user_code")));
        Assert.Equal("/device", await ui.DenyDeviceAsync());
        (await PollAsync(device, start)).ExpectOAuth(400, "access_denied");
    }

    [Fact]
    public async Task A_service_provider_gets_its_answer_after_a_login_and_again_from_the_same_session()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var (ui, human) = (await NewUiAsync(), await Admin.NewHumanAsync());
        Assert.Equal("/accounts", await ui.ArriveBySamlAsync(await provider.RequestAsync(RequestByRedirect(provider))));
        Assert.Equal("/password", await ui.NameAsync(human.LoginName));
        await ReceivesAsync(provider, human, await ui.PasswordAsync(human.Password));

        await ReceivesAsync(provider, human, await ui.ArriveBySamlAsync(await provider.RequestAsync(RequestByRedirect(provider))));
        Assert.Equal("/signedin", await ui.ContinueAsync());

        var posted = (await ui.ArriveBySamlAsync(await provider.RequestAsync())).Split('?');
        Assert.Equal(TestServiceProvider.Consumer, posted[0]);
        Assert.Equal("Success", (await ReceivedMessage.PostedAsync(provider.Browser, posted[1])).Status);
    }

    [Fact]
    public async Task A_service_provider_that_wants_two_factors_gets_them_from_who_has_them()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin, settings: ("minimumAcr", "aal2"));
        var (ui, human) = (await NewUiAsync(), await Admin.NewHumanAsync(withTotp: true));
        await ui.ArriveBySamlAsync(await provider.RequestAsync(RequestByRedirect(provider)));
        await ui.NameAsync(human.LoginName);
        Assert.Equal("/otp/time-based", await ui.PasswordAsync(human.Password));
        await ReceivesAsync(provider, human, await ui.TotpAsync(TotpCode.Now(human.TotpSecret)));
    }

    /// <summary>The UI redirects after a login, whatever the binding. So the service provider asks for its answer by redirect.</summary>
    private static XElement RequestByRedirect(TestServiceProvider provider) =>
        provider.AuthnRequest(("AssertionConsumerServiceIndex", "1"));

    private static async Task ReceivesAsync(TestServiceProvider provider, Human human, string page)
    {
        var message = await ReceivedMessage.OfUrlAsync(provider.Browser, page, TestServiceProvider.OtherConsumer);
        Assert.Equal(("Success", human.Id), (message.Status, message.Attribute("UserID")));
    }

    private Task<RelyingParty> NewDeviceAsync() =>
        RelyingParty.RegisterPublicAsync(
            Admin,
            ("name", "The telly"),
            ("redirectUris", Array.Empty<string>()),
            ("grantTypes", new[] { RelyingParty.DeviceCode, RelyingParty.RefreshToken })
        );

    private static async Task<Reply> BeginAsync(RelyingParty device) =>
        (await device.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200);

    private static Task<Reply> PollAsync(RelyingParty device, Reply start) =>
        device.TokenAsync(("grant_type", RelyingParty.DeviceCode), ("device_code", start.Text("device_code")));
}

public sealed class RequestFlowTestsOnSqlite(SqliteHost host) : RequestFlowTests(host);

public sealed class RequestFlowTestsOnPostgreSql(PostgreSqlHost host) : RequestFlowTests(host);
