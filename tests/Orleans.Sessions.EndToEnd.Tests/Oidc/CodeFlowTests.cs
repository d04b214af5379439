using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The authorization code flow from the request to the tokens.</summary>
public abstract class CodeFlowTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_login_frontend_sees_what_the_client_asked_for()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var requestId = await client.RequestAsync(
            ("scope", "openid email unknown"),
            ("prompt", "login"),
            ("login_hint", "minnie"),
            ("max_age", "300"),
            ("ui_locales", "de en")
        );

        var request = (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);

        Assert.Equal(requestId, request.Text("authRequest.id"));
        Assert.Equal(client.Id, request.Text("authRequest.clientId"));
        Assert.Equal(RelyingParty.RedirectUri, request.Text("authRequest.redirectUri"));
        Assert.Equal(["openid", "email"], request.Items("authRequest.scope").Select(scope => scope.GetValue<string>()));
        Assert.Equal("PROMPT_LOGIN", request.Text("authRequest.prompt.0"));
        Assert.Equal("minnie", request.Text("authRequest.loginHint"));
        Assert.Equal("300s", request.Text("authRequest.maxAge"));
        Assert.Equal("de", request.Text("authRequest.uiLocales.0"));
        Assert.InRange(request.Date("authRequest.creationDate"), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task A_login_gives_tokens_that_say_who_when_and_how()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);
        session = session.After(
            await Admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })
        );

        var tokens = await client.SignInAsync(session);

        Assert.Equal("Bearer", tokens.Text("token_type"));
        Assert.InRange(tokens["expires_in"]!.GetValue<int>(), 43_190, 43_200);
        var claims = await Jwt.VerifyAsync(Admin, tokens.Text("id_token"), "JWT");
        Assert.Equal(Admin.Host.Address.GetLeftPart(UriPartial.Authority), claims["iss"]!.GetValue<string>());
        Assert.Equal(client.Id, claims["aud"]!.GetValue<string>());
        Assert.Equal(client.Id, claims["azp"]!.GetValue<string>());
        Assert.Equal(human.Id, claims["sub"]!.GetValue<string>());
        Assert.Equal(session.Id, claims["sid"]!.GetValue<string>());
        Assert.Equal("n-1", claims["nonce"]!.GetValue<string>());
        Assert.Equal(["pwd", "otp", "mfa"], claims["amr"]!.AsArray().Select(method => method!.GetValue<string>()));
        Assert.Equal("aal2", claims["acr"]!.GetValue<string>());
        Assert.InRange(claims["auth_time"]!.GetValue<long>(), Jwt.Now - 60, Jwt.Now + 1);
        Assert.NotNull(claims["at_hash"]);
        Assert.DoesNotContain(claims, claim => claim.Key.StartsWith("oi_", StringComparison.Ordinal));
    }

    [Fact]
    [Asvs("10.4.6")]
    public async Task A_public_client_needs_pkce_and_cannot_be_talked_out_of_it()
    {
        var client = await RelyingParty.RegisterPublicAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var pkce = Pkce.Create();

        Assert.Equal("invalid_request", ErrorOf((await client.AuthorizeAsync()).Expect(302)));
        Assert.Equal(
            "invalid_request",
            ErrorOf((await client.AuthorizeAsync(("code_challenge", pkce.Verifier), ("code_challenge_method", "plain"))).Expect(302))
        );
        var code = await client.CodeAsync(session, pkce.Challenge);
        (await client.RedeemAsync(code)).ExpectOAuth(400, "invalid_request");
        (await client.RedeemAsync(code, Pkce.Create().Verifier)).ExpectOAuth(400, "invalid_grant");
        (await client.RedeemAsync(code, pkce.Verifier)).Expect(200);
    }

    [Fact]
    [Asvs("10.4.6")]
    public async Task A_verifier_without_a_challenge_is_refused()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        (await client.RedeemAsync(await client.CodeAsync(session), Pkce.Create().Verifier)).ExpectOAuth(400, "invalid_request");
    }

    [Theory]
    [Asvs("10.4.1")]
    [InlineData("http://localhost:5005/signin/")]
    [InlineData("http://localhost:5005/SIGNIN")]
    [InlineData("http://localhost:5005/signin?x=1")]
    [InlineData("http://evil.example/signin")]
    [InlineData(null)]
    public async Task Only_registered_addresses_get_an_answer(string? redirectUri)
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var reply = await client.AuthorizeAsync(("redirect_uri", redirectUri));
        reply.Expect(400);
        Assert.Null(reply.Header("Location"));
    }

    [Fact]
    [Asvs("10.4.2")]
    public async Task A_code_works_once_for_its_own_client_and_address()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("redirectUris", new[] { RelyingParty.RedirectUri, "http://localhost:5005/other" })
        );
        var other = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var code = await client.CodeAsync(session, ("scope", "openid offline_access"));

        (await other.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");
        (await client.RedeemAsync(code, redirectUri: "http://localhost:5005/other")).ExpectOAuth(400, "invalid_grant");
        (await client.RedeemAsync($"{code[..^2]}AA")).ExpectOAuth(400, "invalid_grant");
        (await client.RedeemAsync("ac_x.y")).ExpectOAuth(400, "invalid_grant");
        var tokens = (await client.RedeemAsync(code)).Expect(200);
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));

        // A code that is used twice may have been stolen, so the tokens that came from it are revoked.
        (await client.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");
        Assert.False(await client.IsActiveAsync(tokens.Text("access_token")));
        (await client.RefreshAsync(tokens.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_client_with_one_address_need_not_name_it_if_it_wants_no_id_token()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        (string, string?)[] omitted = [("redirect_uri", null), ("scope", "offline_access")];
        var code = await client.CodeAsync(session, omitted);
        (await client.TokenAsync(("grant_type", "authorization_code"), ("code", code))).Expect(200);
        code = await client.CodeAsync(session, ("scope", "offline_access"));
        Assert.Equal(400, (await client.TokenAsync(("grant_type", "authorization_code"), ("code", code))).Status);
        Assert.Equal(400, (await client.AuthorizeAsync(("redirect_uri", null))).Status);
    }

    [Fact]
    public async Task Racing_uses_of_a_code_have_one_winner()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var code = await client.CodeAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.RedeemAsync(code)));
        Assert.True(replies.Count(reply => reply.Status == 200) <= 1);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.ExpectOAuth(400, "invalid_grant"));
    }

    [Fact]
    public async Task The_answer_comes_the_way_the_client_wants()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var issuer = Admin.Host.Address.GetLeftPart(UriPartial.Authority);

        var query = RelyingParty.QueryOf(await CallbackAsync(client, session, null));
        Assert.Equal(("state-1", issuer), (query["state"], query["iss"]));
        var fragment = RelyingParty.FragmentOf(await CallbackAsync(client, session, "fragment"));
        Assert.Equal("state-1", fragment["state"]);
        (await client.RedeemAsync(fragment["code"])).Expect(200);

        var page = await CallbackAsync(client, session, "form_post");
        Assert.Equal(issuer, page.GetLeftPart(UriPartial.Authority));
        var form = (await client.Anonymous.GetAsync(page.PathAndQuery)).Expect(200);
        Assert.Contains($"action=\"{RelyingParty.RedirectUri}\"", form.Body, StringComparison.Ordinal);
        var code = System.Net.WebUtility.HtmlDecode(form.Body.Split("name=\"code\" value=\"")[1].Split('"')[0]);
        (await client.RedeemAsync(code)).Expect(200);
        (await client.Anonymous.GetAsync(page.PathAndQuery)).Expect(400);
    }

    [Fact]
    public async Task A_refusal_reaches_the_client_and_settles_the_request()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var requestId = await client.RequestAsync();
        var refusal = new { error = new { error = "ERROR_REASON_LOGIN_REQUIRED", errorDescription = "nobody there" } };

        var answer = RelyingParty.QueryOf(new Uri((await client.CompleteAsync(requestId, refusal)).Expect(200).Text("callbackUrl")));

        Assert.Equal(("login_required", "nobody there", "state-1"), (answer["error"], answer["error_description"], answer["state"]));
        (await client.CompleteAsync(requestId, refusal)).Expect(
            new Failure(400, 9, "COMMAND-Sx202nt", "Auth Request has already been handled")
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        (await client.CompleteAsync(requestId, session)).Expect(
            new Failure(400, 9, "COMMAND-Sx208nt", "Auth Request has already been handled")
        );
    }

    [Fact]
    public async Task Completing_needs_the_right_to_link_or_to_be_the_requests_login_client()
    {
        var loginClient = await Admin.NewMachineAsync();
        var stranger = await Admin.NewMachineAsync("IAM_OWNER");
        var client = await RelyingParty.RegisterAsync(Admin, ("loginClientId", loginClient.Id));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var requestId = await client.RequestAsync();
        var body = new { session = new { sessionId = session.Id, sessionToken = session.Token } };

        (await stranger.Api.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(Failures.NoPermission);
        (await stranger.Api.PostAsync($"/v2/oidc/auth_requests/{requestId}", body)).Expect(Failures.NoPermission);
        (await stranger.Api.GetAsync("/v2/oidc/auth_requests/V2_unknown")).Expect(Failures.NoPermission);
        (await Admin.GetAsync("/v2/oidc/auth_requests/V2_unknown")).Expect(
            new Failure(404, 5, "QUERY-Thee9", "Auth Request could not be found")
        );
        (await Admin.PostAsync("/v2/oidc/auth_requests/V2_unknown", body)).Expect(
            new Failure(400, 9, "COMMAND-jae5P", "Auth Request does not exist")
        );
        (await loginClient.Api.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);
        (await loginClient.Api.PostAsync($"/v2/oidc/auth_requests/{requestId}", body)).Expect(200);
    }

    [Fact]
    [Asvs("10.4.10")]
    public async Task A_pushed_request_works_for_the_client_that_pushed_it()
    {
        var client = await RelyingParty.RegisterAsync(Admin, ("requirePushedRequests", true));
        var other = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        Assert.Equal("invalid_request", ErrorOf((await client.AuthorizeAsync()).Expect(302)));

        var pushed = (
            await client.PostAsync(
                "/oauth/v2/par",
                ("response_type", "code"),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("scope", "openid email"),
                ("state", "pushed"),
                ("login_hint", new string('h', 1000))
            )
        ).Expect(201);
        var uri = pushed.Text("request_uri");
        Assert.InRange(uri.Length, 1, 200);
        (
            await other.AuthorizeAsync(
                ("request_uri", uri),
                ("redirect_uri", null),
                ("response_type", null),
                ("scope", null),
                ("state", null)
            )
        ).Expect(400);
        Task<string> OpenedAsync() =>
            client.RequestAsync(("request_uri", uri), ("redirect_uri", null), ("response_type", null), ("scope", null), ("state", null));
        var requestId = await OpenedAsync();
        Assert.Equal(requestId, await OpenedAsync());
        var callback = RelyingParty.QueryOf(new Uri((await client.CompleteAsync(requestId, session)).Expect(200).Text("callbackUrl")));
        Assert.Equal("pushed", callback["state"]);

        // After the login it is used up, and nobody guesses another one.
        foreach (var again in new[] { uri, uri[..^1] + (char)(uri[^1] + 1) })
        {
            var replay = await client.AuthorizeAsync(
                ("request_uri", again),
                ("redirect_uri", null),
                ("response_type", null),
                ("scope", null),
                ("state", null)
            );
            Assert.True(
                replay.Status is 400 || (replay.Status is 302 && ErrorOf(replay) == "invalid_request_uri"),
                replay.Explain("a refusal")
            );
        }

        Assert.Equal("openid email", (await client.RedeemAsync(callback["code"])).Expect(200).Text("scope"));
        (
            await client.PostAsync(
                "/oauth/v2/par",
                ("response_type", "code"),
                ("redirect_uri", "http://evil.example/"),
                ("scope", "openid")
            )
        ).ExpectOAuth(400, "invalid_request");
    }

    private static async Task<Uri> CallbackAsync(RelyingParty client, OpenSession session, string? mode) =>
        new((await client.CompleteAsync(await client.RequestAsync(("response_mode", mode)), session)).Expect(200).Text("callbackUrl"));

    private static string ErrorOf(Reply reply) => RelyingParty.QueryOf(new Uri(reply.Header("Location")!))["error"];
}

public sealed class CodeFlowTestsOnSqlite(SqliteHost host) : CodeFlowTests(host);

public sealed class CodeFlowTestsOnPostgreSql(PostgreSqlHost host) : CodeFlowTests(host);
