using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>
/// Where the operator allows it, a login frontend hands over sessions in which only the user was checked, as ZITADEL does. Nobody else can,
/// and such a login is worth nothing where a proof counts.
/// </summary>
public sealed class UnprovedLoginTests : OwnHosts
{
    private static readonly Failure s_noFactor = new(
        400,
        9,
        "OIDC-Acr01",
        "insufficient_user_authentication: the session has proved no factor"
    );

    private Api? _admin;

    /// <summary>The administrator, who is also a login client.</summary>
    private Api Api => _admin!;

    public override async ValueTask InitializeAsync() =>
        _admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__LoginPolicy__AllowUnprovedLogins", "true")));

    [Fact]
    public async Task A_frontend_logs_a_person_in_by_name_for_an_application_a_device_and_a_service_provider()
    {
        var human = await Api.NewHumanAsync();
        var client = await NewClientAsync();
        var session = await Api.OpenAsync(new { checks = human.OnlyUser });

        var tokens = await client.SignInAsync(session, $"openid offline_access {RelyingParty.ApiScope}");
        var claims = Jwt.Claims(tokens.Text("id_token"));
        Assert.Equal(human.Id, claims["sub"]!.GetValue<string>());
        Assert.All(["acr", "amr", "auth_time"], claim => Assert.Null(claims[claim]));
        var access = Api.As(tokens.Text("access_token"));
        Assert.Equal(human.Id, (await access.GetAsync("/oidc/v1/userinfo")).Expect(200).Text("sub"));
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        // At this service's own API nothing is proved, also after the session has proved something.
        (await access.GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);
        session = session.After(await Api.SetAsync(session, new { checks = human.OnlyPassword }));
        (await access.GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);
        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        (await Api.As(refreshed.Text("access_token")).GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);

        var device = await DeviceAsync(client);
        (await Api.PostAsync(device, Handover(await Api.OpenAsync(new { checks = human.OnlyUser })))).Expect(200);
        using var provider = await TestServiceProvider.RegisterAsync(Api);
        var message = await provider.SignInAsync(await Api.OpenAsync(new { checks = human.OnlyUser }));
        Assert.Equal("urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified", message.ContextClass);
    }

    [Fact]
    public async Task Whoever_holds_a_sessions_token_or_completes_one_clients_requests_can_not()
    {
        var human = await Api.NewHumanAsync();
        var client = await NewClientAsync();
        var session = await Api.OpenAsync(new { checks = human.OnlyUser });
        (
            await client.TokenAsync(
                ("grant_type", RelyingParty.TokenExchange),
                ("subject_token", session.Token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            )
        ).ExpectOAuth(400, "insufficient_user_authentication");
        (await Api.As(session.Token).GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);

        var loginClient = await Api.NewMachineAsync();
        var own = await RelyingParty.RegisterAsync(Api, ("loginClientId", loginClient.Id));
        var path = $"/v2/oidc/auth_requests/{await own.RequestAsync()}";
        (await loginClient.Api.PostAsync(path, Handover(session))).Expect(s_noFactor);
        (await loginClient.Api.PostAsync(path, Handover(await Api.OpenAsync()))).Expect(s_noFactor);
        (await loginClient.Api.PostAsync(path, Handover(await Api.OpenAsync(human)))).Expect(200);
    }

    [Fact]
    public async Task A_request_that_asks_for_a_proof_gets_one_and_services_do_not_log_in()
    {
        var human = await Api.NewHumanAsync();
        var client = await NewClientAsync();
        var session = await Api.OpenAsync(new { checks = human.OnlyUser });
        foreach (var (name, value) in new[] { ("prompt", "login"), ("max_age", "3600"), ("acr_values", "aal1"), ("acr_values", "phr") })
        {
            (await client.CompleteAsync(await client.RequestAsync((name, value)), session)).Expect(s_noFactor);
        }

        var strict = await RelyingParty.RegisterAsync(Api, ("minimumAcr", "aal1"));
        (await strict.CompleteAsync(await strict.RequestAsync(), session)).Expect(s_noFactor);
        var machine = await Api.NewMachineAsync();
        var service = await Api.OpenAsync(new { checks = new { user = new { userId = machine.Id } } });
        (await client.CompleteAsync(await client.RequestAsync(), service)).Expect(s_noFactor);
        (await client.CompleteAsync(await client.RequestAsync(), await Api.OpenAsync())).Expect(s_noFactor);
    }

    [Fact]
    public async Task Its_tokens_end_with_the_session_and_with_a_password_that_the_person_resets()
    {
        var human = await Api.NewHumanAsync();
        var client = await NewClientAsync();
        var (ended, reset) = (await Api.OpenAsync(new { checks = human.OnlyUser }), await Api.OpenAsync(new { checks = human.OnlyUser }));
        var (one, other) = (await client.SignInAsync(ended), await client.SignInAsync(reset));
        (await Api.EndAsync(ended)).Expect(200);
        Assert.False(await client.IsActiveAsync(one.Text("access_token")));
        Assert.True(await client.IsActiveAsync(other.Text("access_token")));

        var frontend = (await Api.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        (await frontend.PostAsync($"/v2/users/{human.Id}/password", new { newPassword = new { password = "Another-Horse-8" } })).Expect(
            200
        );
        Assert.False(await client.IsActiveAsync(other.Text("access_token")));
        (await client.RefreshAsync(other.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
    }

    private static object Handover(OpenSession session) => new { session = new { sessionId = session.Id, sessionToken = session.Token } };

    private Task<RelyingParty> NewClientAsync() =>
        RelyingParty.RegisterAsync(
            Api,
            (
                "grantTypes",
                new[] { RelyingParty.AuthorizationCode, RelyingParty.RefreshToken, RelyingParty.DeviceCode, RelyingParty.TokenExchange }
            ),
            ("scopes", new[] { RelyingParty.ApiScope })
        );

    /// <summary>The path of a device's request.</summary>
    private async Task<string> DeviceAsync(RelyingParty client)
    {
        var userCode = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).Expect(200).Text("user_code");
        var request = (await Api.GetAsync($"/v2/oidc/device_authorization/{userCode}")).Expect(200);
        return $"/v2/oidc/device_authorization/{request.Text("deviceAuthorizationRequest.id")}";
    }
}
