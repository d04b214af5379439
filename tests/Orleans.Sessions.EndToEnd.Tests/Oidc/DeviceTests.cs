using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Logins for devices (RFC 8628).</summary>
public sealed class DeviceTests : OwnHosts
{
    /// <summary>Two polls in a row are within it, however slow the machine is.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    /// <summary>A whole login takes less.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(20);

    private Api? _admin;

    private Api Api => _admin!;

    public override async ValueTask InitializeAsync() =>
        _admin = Admin(
            await StartAsync(
                HostSettings
                    .Shared.With("Sessions__Oidc__DevicePollInterval", $"{s_interval}")
                    .With("Sessions__Oidc__DeviceCodeLifetime", $"{s_lifetime}")
                    .With("Sessions__Oidc__LoginUri", "https://login.example.com/ui/login")
            )
        );

    [Fact]
    public async Task A_device_gets_its_tokens_once_somebody_lets_it_in()
    {
        var client = await NewDeviceAsync();
        var human = await Api.NewHumanAsync();
        var session = await Api.OpenAsync(human);
        var start = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid offline_access"))).Expect(200);
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", start.Text("user_code"));
        Assert.Equal("https://login.example.com/ui/device", start.Text("verification_uri"));
        Assert.Equal($"https://login.example.com/ui/device?user_code={start.Text("user_code")}", start.Text("verification_uri_complete"));
        Assert.InRange(start["expires_in"]!.GetValue<int>(), 10, 20);
        Assert.Equal(5, start["interval"]!.GetValue<int>());

        (await PollAsync(client, start)).ExpectOAuth(400, "authorization_pending");
        (await PollAsync(client, start)).ExpectOAuth(400, "slow_down");
        var request = (await Api.GetAsync($"/v2/oidc/device_authorization/{start.Text("user_code")}")).Expect(200);
        Assert.Equal(
            (client.Id, "The telly"),
            (request.Text("deviceAuthorizationRequest.clientId"), request.Text("deviceAuthorizationRequest.appName"))
        );
        Assert.Equal(2, request.Items("deviceAuthorizationRequest.scope").Count);
        (await DecideAsync(request, session)).Expect(200);
        (await DecideAsync(request, session)).Expect(new Failure(400, 9, "COMMAND-D30Jf", "Device Authorization has already been handled"));

        var tokens = (await PollAsync(client, start)).Expect(200);
        Assert.Equal(human.Id, (await Jwt.VerifyAsync(Api, tokens.Text("id_token"), "JWT"))["sub"]!.GetValue<string>());
        Assert.Equal(human.Id, (await Api.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200).Text("sub"));
        (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        (await PollAsync(client, start)).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_device_hears_that_it_was_refused_and_that_its_code_has_expired()
    {
        var client = await NewDeviceAsync();
        var refused = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200);
        var expiring = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200);
        var request = (await Api.GetAsync($"/v2/oidc/device_authorization/{refused.Text("user_code")}")).Expect(200);
        (
            await Api.PostAsync($"/v2/oidc/device_authorization/{request.Text("deviceAuthorizationRequest.id")}", new { deny = new { } })
        ).Expect(200);
        (await PollAsync(client, refused)).ExpectOAuth(400, "access_denied");
        await Task.Delay(s_lifetime + TimeSpan.FromSeconds(0.2), TestContext.Current.CancellationToken);
        (await PollAsync(client, expiring)).ExpectOAuth(400, "expired_token");
        (await Api.GetAsync($"/v2/oidc/device_authorization/{expiring.Text("user_code")}")).Expect(
            new Failure(404, 5, "COMMAND-D2hf2", "Device Authorization could not be found")
        );
    }

    [Fact]
    public async Task Codes_work_for_their_client_only_and_deciding_needs_the_right_to_link()
    {
        var (client, other) = (await NewDeviceAsync(), await NewDeviceAsync());
        var owner = await Api.NewMachineAsync("IAM_OWNER");
        var start = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200);
        (await owner.Api.GetAsync($"/v2/oidc/device_authorization/{start.Text("user_code")}")).Expect(Failures.NoPermission);
        (await owner.Api.GetAsync("/v2/oidc/device_authorization/BBBB-BBBB")).Expect(Failures.NoPermission);
        var request = (await Api.GetAsync($"/v2/oidc/device_authorization/{start.Text("user_code")}")).Expect(200);
        (await DecideAsync(request, await Api.OpenAsync(await Api.NewHumanAsync()))).Expect(200);
        (await PollAsync(other, start)).ExpectOAuth(400, "invalid_grant");
        (await PollAsync(client, start)).Expect(200);
        var web = await RelyingParty.RegisterAsync(Api);
        (await web.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).ExpectOAuth(400, "unauthorized_client");
    }

    [Fact]
    public async Task The_clients_own_login_frontend_may_decide_without_that_right()
    {
        var frontend = await Api.NewMachineAsync();
        var client = await NewDeviceAsync(("loginClientId", frontend.Id));
        var start = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200);
        var request = (await frontend.Api.GetAsync($"/v2/oidc/device_authorization/{start.Text("user_code")}")).Expect(200);
        var session = await Api.OpenAsync(await Api.NewHumanAsync());
        (
            await frontend.Api.PostAsync(
                $"/v2/oidc/device_authorization/{request.Text("deviceAuthorizationRequest.id")}",
                new { session = new { sessionId = session.Id, sessionToken = session.Token } }
            )
        ).Expect(200);
        (await PollAsync(client, start)).Expect(200);
    }

    private Task<RelyingParty> NewDeviceAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterPublicAsync(
            Api,
            [
                ("name", "The telly"),
                ("redirectUris", Array.Empty<string>()),
                ("grantTypes", new[] { RelyingParty.DeviceCode, RelyingParty.RefreshToken }),
                .. settings,
            ]
        );

    private Task<Reply> DecideAsync(Reply request, OpenSession session) =>
        Api.PostAsync(
            $"/v2/oidc/device_authorization/{request.Text("deviceAuthorizationRequest.id")}",
            new { session = new { sessionId = session.Id, sessionToken = session.Token } }
        );

    private static Task<Reply> PollAsync(RelyingParty client, Reply start) =>
        client.TokenAsync(("grant_type", RelyingParty.DeviceCode), ("device_code", start.Text("device_code")));
}
