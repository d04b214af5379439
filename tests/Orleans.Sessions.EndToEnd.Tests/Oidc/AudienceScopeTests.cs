using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>A client's tokens are good at the client itself, and elsewhere only if its registration says so.</summary>
public abstract class AudienceScopeTests(SharedHost host) : ContractTests(host)
{
    private const string ElsewhereScope = "urn:zitadel:iam:org:project:id:https://payments.example/api:aud";
    private static readonly string s_wanted = $"openid offline_access {RelyingParty.ApiScope} {ElsewhereScope}";
    private static readonly Failure s_otherAudience = new(401, 16, "APP-Zxfako", "invalid audience");

    [Theory, InlineData("ACCESS_TOKEN_TYPE_OPAQUE"), InlineData("ACCESS_TOKEN_TYPE_JWT")]
    [Asvs("9.2.4", "10.4.11")]
    public async Task An_application_gets_neither_the_api_nor_another_application_by_asking(string type)
    {
        var victim = await RelyingParty.RegisterAsync(Admin);
        var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", type));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());

        var tokens = await client.SignInAsync(
            session,
            $"{s_wanted} {RelyingParty.AudienceScope(victim.Id)} {RelyingParty.AudienceScope("")}"
        );

        Assert.Equal("openid offline_access", tokens.Text("scope"));
        await IsGoodNowhereElseAsync(client, tokens.Text("access_token"), session);
        Assert.False(await victim.IsActiveAsync(tokens.Text("access_token")));
        if (type == "ACCESS_TOKEN_TYPE_JWT")
        {
            Assert.Equal(client.Id, Jwt.Claims(tokens.Text("access_token"))["aud"]!.GetValue<string>());
        }

        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        await IsGoodNowhereElseAsync(client, refreshed.Text("access_token"), session);
        (await client.RefreshAsync(refreshed.Text("refresh_token"), RelyingParty.ApiScope)).ExpectOAuth(400, "invalid_scope");
    }

    [Fact]
    [Asvs("9.2.4")]
    public async Task Neither_a_pushed_request_nor_a_device_nor_an_exchange_gets_them()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.DeviceCode, RelyingParty.TokenExchange })
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var wanted = $"openid {RelyingParty.ApiScope} {ElsewhereScope}";

        var pushed = (
            await client.PostAsync(
                "/oauth/v2/par",
                ("response_type", "code"),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("scope", wanted)
            )
        )
            .Expect(201)
            .Text("request_uri");
        var code = await client.CodeAsync(
            session,
            ("request_uri", pushed),
            ("scope", null),
            ("redirect_uri", null),
            ("response_type", null),
            ("state", null)
        );
        await IsGoodNowhereElseAsync(client, (await client.RedeemAsync(code)).Expect(200), session);

        var device = (await client.PostAsync("/oauth/v2/device_authorization", ("scope", wanted))).Expect(200);
        var request = (await Admin.GetAsync($"/v2/oidc/device_authorization/{device.Text("user_code")}")).Expect(200);
        Assert.Equal(["openid"], request.Items("deviceAuthorizationRequest.scope").Select(scope => scope.GetValue<string>()));
        (
            await Admin.PostAsync(
                $"/v2/oidc/device_authorization/{request.Text("deviceAuthorizationRequest.id")}",
                new { session = new { sessionId = session.Id, sessionToken = session.Token } }
            )
        ).Expect(200);
        await IsGoodNowhereElseAsync(
            client,
            (await client.TokenAsync(("grant_type", RelyingParty.DeviceCode), ("device_code", device.Text("device_code")))).Expect(200),
            session
        );

        await IsGoodNowhereElseAsync(
            client,
            (
                await client.TokenAsync(
                    ("grant_type", RelyingParty.TokenExchange),
                    ("subject_token", session.Token),
                    ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                    ("scope", wanted)
                )
            ).Expect(200),
            session
        );
    }

    [Fact]
    [Asvs("10.4.11")]
    public async Task A_registration_gives_audiences_and_takes_them_away_at_once()
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var audience = RelyingParty.AudienceScope(api.Id);
        var client = await RelyingParty.RegisterAsync(Admin, ("scopes", new[] { RelyingParty.ApiScope, audience }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var tokens = await client.SignInAsync(session, $"{s_wanted} {audience}");
        var access = tokens.Text("access_token");
        Assert.Equal($"openid offline_access {RelyingParty.ApiScope} {audience}", tokens.Text("scope"));
        (await Admin.As(access).ReadAsync(session)).Expect(200);
        Assert.True(await api.IsActiveAsync(access));

        (
            await Admin.PutAsync(
                $"/v2/oidc/clients/{client.Id}",
                new
                {
                    settings = new
                    {
                        authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC",
                        redirectUris = new[] { RelyingParty.RedirectUri },
                        grantTypes = new[] { RelyingParty.AuthorizationCode, RelyingParty.RefreshToken },
                    },
                }
            )
        ).Expect(200);

        await Eventually.StatusAsync(401, () => Admin.As(access).ReadAsync(session), TimeSpan.FromSeconds(2));
        await IsGoodNowhereElseAsync(client, access, session);
        Assert.False(await api.IsActiveAsync(access));
        var told = (await client.PostAsync("/oauth/v2/introspect", ("token", tokens.Text("refresh_token")))).Expect(200);
        Assert.Equal("openid offline_access", told.Text("scope"));
        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);
        Assert.Equal("openid offline_access", refreshed.Text("scope"));
        await IsGoodNowhereElseAsync(client, refreshed.Text("access_token"), session);

        // A request for a scope that the client has lost is not an error.
        refreshed = (await client.RefreshAsync(refreshed.Text("refresh_token"), $"openid {RelyingParty.ApiScope}")).Expect(200);
        await IsGoodNowhereElseAsync(client, refreshed.Text("access_token"), session);
        Assert.Equal(human.Id, (await Admin.As(refreshed.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200).Text("sub"));
    }

    [Fact]
    public async Task A_service_account_speaks_for_itself_wherever_it_likes()
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var secret = (await Admin.PostAsync($"/v2/users/{machine.Id}/secret")).Expect(200).Text("clientSecret");

        var reply = (
            await Admin
                .As(null)
                .PostFormAsync(
                    "/oauth/v2/token",
                    ("grant_type", "client_credentials"),
                    ("client_id", machine.LoginName),
                    ("client_secret", secret),
                    ("scope", $"openid {RelyingParty.ApiScope} {RelyingParty.AudienceScope(api.Id)}")
                )
        ).Expect(200);

        await Admin.As(reply.Text("access_token")).OpenAsync();
        Assert.True(await api.IsActiveAsync(reply.Text("access_token")));
    }

    private async Task IsGoodNowhereElseAsync(RelyingParty client, Reply tokens, OpenSession session)
    {
        Assert.Equal("openid", tokens.Text("scope"));
        await IsGoodNowhereElseAsync(client, tokens.Text("access_token"), session);
    }

    private async Task IsGoodNowhereElseAsync(RelyingParty client, string accessToken, OpenSession session)
    {
        (await Admin.As(accessToken).ReadAsync(session)).Expect(s_otherAudience);
        var told = (await client.PostAsync("/oauth/v2/introspect", ("token", accessToken))).Expect(200);
        Assert.True(told["active"]!.GetValue<bool>());
        Assert.Equal(client.Id, told.Text("aud"));
        Assert.DoesNotContain("urn:zitadel", told.Text("scope"), StringComparison.Ordinal);
    }
}

public sealed class AudienceScopeTestsOnSqlite(SqliteHost host) : AudienceScopeTests(host);

public sealed class AudienceScopeTestsOnPostgreSql(PostgreSqlHost host) : AudienceScopeTests(host);
