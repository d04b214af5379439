using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>
/// Where the operator allows it, a login frontend hands over sessions in which only the user was checked, as ZITADEL does. Nobody else can,
/// and such a login is worth nothing where a proof counts.
/// </summary>
public abstract class UnprovedLoginTests(SharedHost host) : ContractTests(host)
{
    private static readonly Failure s_noFactor = new(
        400,
        9,
        "OIDC-Acr01",
        "insufficient_user_authentication: the session has proved no factor"
    );

    private static Dictionary<string, string> Settings => HostSettings.Shared.With("Sessions__LoginPolicy__AllowUnprovedLogins", "true");

    [Fact]
    public async Task A_frontend_logs_a_person_in_by_name_for_an_application_a_device_and_a_service_provider()
    {
        var human = await Admin.NewHumanAsync();
        var client = await NewClientAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        var tokens = await client.SignInAsync(session, $"openid offline_access {RelyingParty.ApiScope}");
        var claims = Jwt.Claims(tokens.Text("id_token"));
        Assert.Equal(human.Id, claims["sub"]!.GetValue<string>());
        Assert.All(["acr", "amr", "auth_time"], claim => Assert.Null(claims[claim]));
        var access = Admin.As(tokens.Text("access_token"));
        Assert.Equal(human.Id, (await access.GetAsync("/oidc/v1/userinfo")).Expect(200).Text("sub"));
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        // At this service's own API nothing is proved, also after the session has proved something.
        (await access.GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);
        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyPassword }));
        (await access.GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);
        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        (await Admin.As(refreshed.Text("access_token")).GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);

        var device = await DeviceAsync(client);
        (await Admin.PostAsync(device, Handover(await Admin.OpenAsync(new { checks = human.OnlyUser })))).Expect(200);
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var message = await provider.SignInAsync(await Admin.OpenAsync(new { checks = human.OnlyUser }));
        Assert.Equal("urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified", message.ContextClass);
    }

    [Fact]
    public async Task Whoever_holds_a_sessions_token_or_completes_one_clients_requests_can_not()
    {
        var human = await Admin.NewHumanAsync();
        var client = await NewClientAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        (
            await client.TokenAsync(
                ("grant_type", RelyingParty.TokenExchange),
                ("subject_token", session.Token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            )
        ).ExpectOAuth(400, "insufficient_user_authentication");
        (await Admin.As(session.Token).GetAsync($"/v2/users/{human.Id}")).Expect(Failures.BearerWithoutFactor);

        var loginClient = await Admin.NewMachineAsync();
        var own = await RelyingParty.RegisterAsync(Admin, ("loginClientId", loginClient.Id));
        var path = $"/v2/oidc/auth_requests/{await own.RequestAsync()}";
        (await loginClient.Api.PostAsync(path, Handover(session))).Expect(s_noFactor);
        (await loginClient.Api.PostAsync(path, Handover(await Admin.OpenAsync()))).Expect(s_noFactor);
        (await loginClient.Api.PostAsync(path, Handover(await Admin.OpenAsync(human)))).Expect(200);
    }

    [Fact]
    public async Task A_request_that_asks_for_a_proof_gets_one_and_services_do_not_log_in()
    {
        var human = await Admin.NewHumanAsync();
        var client = await NewClientAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        foreach (var (name, value) in new[] { ("prompt", "login"), ("max_age", "3600"), ("acr_values", "aal1"), ("acr_values", "phr") })
        {
            (await client.CompleteAsync(await client.RequestAsync((name, value)), session)).Expect(s_noFactor);
        }

        var strict = await RelyingParty.RegisterAsync(Admin, ("minimumAcr", "aal1"));
        (await strict.CompleteAsync(await strict.RequestAsync(), session)).Expect(s_noFactor);
        var machine = await Admin.NewMachineAsync();
        var service = await Admin.OpenAsync(new { checks = new { user = new { userId = machine.Id } } });
        (await client.CompleteAsync(await client.RequestAsync(), service)).Expect(s_noFactor);
        (await client.CompleteAsync(await client.RequestAsync(), await Admin.OpenAsync())).Expect(s_noFactor);
    }

    [Fact]
    public async Task Its_tokens_end_with_the_session_and_with_a_password_that_the_person_resets()
    {
        var human = await Admin.NewHumanAsync();
        var client = await NewClientAsync();
        var ended = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var reset = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var (one, other) = (await client.SignInAsync(ended), await client.SignInAsync(reset));
        (await Admin.EndAsync(ended)).Expect(200);
        Assert.False(await client.IsActiveAsync(one.Text("access_token")));
        Assert.True(await client.IsActiveAsync(other.Text("access_token")));

        var frontend = (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;
        (await frontend.PostAsync($"/v2/users/{human.Id}/password", new { newPassword = new { password = "Another-Horse-8" } })).Expect(
            200
        );
        Assert.False(await client.IsActiveAsync(other.Text("access_token")));
        (await client.RefreshAsync(other.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
    }

    private static object Handover(OpenSession session) => new { session = new { sessionId = session.Id, sessionToken = session.Token } };

    private Task<RelyingParty> NewClientAsync() =>
        RelyingParty.RegisterAsync(
            Admin,
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
        var request = (await Admin.GetAsync($"/v2/oidc/device_authorization/{userCode}")).Expect(200);
        return $"/v2/oidc/device_authorization/{request.Text("deviceAuthorizationRequest.id")}";
    }

    /// <summary>A host that allows such logins, with SQLite.</summary>
    public sealed class AllowingSqliteHost : SharedHost
    {
        protected override Task<HostProcess> StartAsync() => HostProcess.StartAsync(Settings);
    }

    /// <summary>A host that allows such logins, with PostgreSQL.</summary>
    public sealed class AllowingPostgreSqlHost : SharedHost
    {
        protected override async Task<HostProcess> StartAsync() =>
            await HostProcess.StartAsync(Settings.OnPostgreSql(await Databases.CreateAsync()));
    }
}

public sealed class UnprovedLoginTestsOnSqlite(UnprovedLoginTests.AllowingSqliteHost host)
    : UnprovedLoginTests(host),
        IClassFixture<UnprovedLoginTests.AllowingSqliteHost>;

public sealed class UnprovedLoginTestsOnPostgreSql(UnprovedLoginTests.AllowingPostgreSqlHost host)
    : UnprovedLoginTests(host),
        IClassFixture<UnprovedLoginTests.AllowingPostgreSqlHost>;
