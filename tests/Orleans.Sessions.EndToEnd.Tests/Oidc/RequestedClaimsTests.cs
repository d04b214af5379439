using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Claims that a request asks for by name, and wishes about who logs in and how (OpenID Connect Core §5.5).</summary>
public sealed class RequestedClaimsTests(SqliteHost host) : ContractTests(host)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_id_token_and_userinfo_have_the_claims_that_the_request_names(bool isPushed)
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        const string claims = """{"id_token":{"given_name":null},"userinfo":{"email":{"essential":true}}}""";
        (string, string?)[] asked = [("scope", "openid offline_access"), ("claims", claims)];

        var tokens = (await client.RedeemAsync(await CodeAsync(client, session, asked, isPushed))).Expect(200);
        var refreshed = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200);

        foreach (var reply in new[] { tokens, refreshed })
        {
            var idToken = Jwt.Claims(reply.Text("id_token"));
            Assert.NotNull(idToken["given_name"]);
            Assert.Null(idToken["email"]);
            var info = (await Admin.As(reply.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
            Assert.True(info.Has("email"));
            Assert.False(info.Has("given_name"));
        }
    }

    [Fact]
    public async Task Only_the_named_user_may_log_in()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var wanted = await Admin.NewHumanAsync();
        var claims = """{"id_token":{"sub":{"value":"WANTED"}}}""".Replace("WANTED", wanted.Id, StringComparison.Ordinal);
        var requestId = await client.RequestAsync(("claims", claims));

        Assert.Equal(wanted.Id, (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200).Text("authRequest.hintUserId"));
        (await client.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync()))).Expect(400);
        (await client.CompleteAsync(requestId, await Admin.OpenAsync(wanted))).Expect(200);
    }

    [Fact]
    public async Task A_hint_and_a_claim_that_name_different_users_are_refused()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var hint = (await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()))).Text("id_token");

        await RefusesAsync(client, "invalid_request", ("claims", """{"id_token":{"sub":{"value":"1"}}}"""), ("id_token_hint", hint));
    }

    [Fact]
    public async Task A_level_that_is_essential_is_demanded_and_must_be_known()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var requestId = await client.RequestAsync(("claims", """{"id_token":{"acr":{"essential":true,"values":["aal2"]}}}"""));

        var refused = await client.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync()));

        Assert.Contains("OIDC-Acr04", refused.Expect(400).Body, StringComparison.Ordinal);
        await RefusesAsync(
            client,
            "unmet_authentication_requirements",
            ("claims", """{"id_token":{"acr":{"essential":true,"value":"gold"}}}""")
        );
        await client.RequestAsync(("claims", """{"id_token":{"acr":{"value":"gold"}}}"""));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"id_token":7}""")]
    [InlineData("""{"id_token":{"sub":{"value":"\ud800"}}}""")]
    public async Task Claims_of_another_form_are_refused(string claims) =>
        await RefusesAsync(await RelyingParty.RegisterAsync(Admin), "invalid_request", ("claims", claims));

    [Fact]
    public async Task Discovery_tells_of_the_parameter() =>
        Assert.True(
            (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200)["claims_parameter_supported"]!.GetValue<bool>()
        );

    private static async Task<string> CodeAsync(
        RelyingParty client,
        OpenSession session,
        (string Name, string? Value)[] parameters,
        bool isPushed
    )
    {
        if (!isPushed)
        {
            return await client.CodeAsync(session, parameters);
        }

        var pushed = await client.PostAsync(
            "/oauth/v2/par",
            [("redirect_uri", RelyingParty.RedirectUri), ("response_type", "code"), .. parameters]
        );
        return await client.CodeAsync(
            session,
            ("request_uri", pushed.Expect(201).Text("request_uri")),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null)
        );
    }

    private static async Task RefusesAsync(RelyingParty client, string error, params (string Name, string? Value)[] parameters)
    {
        var location = new Uri((await client.AuthorizeAsync(parameters)).Expect(302).Header("Location")!);
        Assert.Equal(error, RelyingParty.QueryOf(location)["error"]);
    }
}
