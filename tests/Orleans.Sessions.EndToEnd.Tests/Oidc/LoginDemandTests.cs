using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The proofs that a session needs before it may complete a request.</summary>
public sealed class LoginDemandTests(SqliteHost host) : ContractTests(host)
{
    private static readonly Failure s_noFactor = new(
        400,
        9,
        "OIDC-Acr01",
        "insufficient_user_authentication: the session has proved no factor"
    );
    private static readonly Failure s_tooOld = new(
        400,
        9,
        "OIDC-Acr02",
        "insufficient_user_authentication: the login is older than max_age: prove a factor again"
    );
    private static readonly Failure s_loginWanted = new(
        400,
        9,
        "OIDC-Acr03",
        "insufficient_user_authentication: the request asks for a new login (prompt=login, ForceAuthn): prove a factor again"
    );
    private static readonly Failure s_secondFactor = new(
        400,
        9,
        "OIDC-Acr04",
        "insufficient_user_authentication: acr aal2 needs a second factor of another kind, or a passkey"
    );
    private static readonly Failure s_passkey = new(
        400,
        9,
        "OIDC-Acr05",
        "insufficient_user_authentication: acr phr needs a passkey, or a security key beside another factor"
    );

    [Fact]
    [Asvs("6.3.4")]
    public async Task Knowing_the_user_is_not_a_login()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        (await client.CompleteAsync(await client.RequestAsync(), await Admin.OpenAsync(new { checks = human.OnlyUser }))).Expect(
            s_noFactor
        );
        (await client.CompleteAsync(await client.RequestAsync(), await Admin.OpenAsync())).Expect(s_noFactor);
    }

    [Fact]
    [Asvs("7.6.1")]
    public async Task A_login_prompt_wants_a_factor_newer_than_the_request()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var requestId = await client.RequestAsync(("prompt", "login"));

        (await client.CompleteAsync(requestId, session)).Expect(s_loginWanted);
        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyPassword }));
        (await client.CompleteAsync(requestId, session)).Expect(200);
    }

    [Fact]
    [Asvs("7.6.1")]
    public async Task A_maximum_age_is_kept_unless_the_login_is_newer_than_the_request()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        (await client.CompleteAsync(await client.RequestAsync(("max_age", "3600")), session)).Expect(200);
        var requestId = await client.RequestAsync(("max_age", "0"));
        (await client.CompleteAsync(requestId, session)).Expect(s_tooOld);
        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyPassword }));
        (await client.CompleteAsync(requestId, session)).Expect(200);
    }

    [Fact]
    public async Task A_request_that_refused_a_login_for_its_age_asks_for_another_and_lets_nobody_choose_the_same_again()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        var requestId = await client.RequestAsync(("max_age", "1"), ("prompt", "select_account consent"));
        Assert.Equal(["PROMPT_SELECT_ACCOUNT", "PROMPT_CONSENT"], await PromptsAsync(requestId));

        (await client.CompleteAsync(requestId, session)).Expect(s_tooOld);
        Assert.Equal(["PROMPT_CONSENT", "PROMPT_LOGIN"], await PromptsAsync(requestId));
        (await client.CompleteAsync(requestId, session)).Expect(s_tooOld);
        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyPassword }));
        (await client.CompleteAsync(requestId, session)).Expect(200);

        Assert.Equal(["PROMPT_LOGIN"], await PromptsAsync(await client.RequestAsync(("max_age", "0"))));
        Assert.Equal(["PROMPT_NONE"], await PromptsAsync(await client.RequestAsync(("max_age", "0"), ("prompt", "none"))));
        Assert.Empty(await PromptsAsync(await client.RequestAsync(("max_age", "60"))));
    }

    [Fact]
    public async Task A_request_that_refused_a_login_for_its_level_tells_the_level()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var requestId = await client.RequestAsync(("acr_values", "aal2"), ("prompt", "create"));
        Assert.False((await RequestAsync(requestId)).Has("authRequest.missingAcr"));

        (await client.CompleteAsync(requestId, session)).Expect(s_secondFactor);
        Assert.Equal("aal2", (await RequestAsync(requestId)).Text("authRequest.missingAcr"));
        Assert.Equal(["PROMPT_LOGIN"], await PromptsAsync(requestId));

        // Neither a wrong token nor another person's session says anything about age or level.
        var other = await client.RequestAsync(("acr_values", "phr"));
        (await client.CompleteAsync(other, session with { Token = (await Admin.OpenAsync(human)).Token })).Expect(403);
        Assert.Empty(await PromptsAsync(other));
        var silent = await client.RequestAsync(("acr_values", "phr"), ("prompt", "none"));
        (await client.CompleteAsync(silent, session)).Expect(s_passkey);
        Assert.Equal(["PROMPT_NONE"], await PromptsAsync(silent));
        Assert.Equal("phr", (await RequestAsync(silent)).Text("authRequest.missingAcr"));
    }

    [Fact]
    public async Task The_wanted_assurance_is_kept()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);
        var requestId = await client.RequestAsync(("acr_values", "phr http://idmanagement.gov/ns/assurance/aal/2"));

        (await client.CompleteAsync(await client.RequestAsync(("acr_values", "phr")), session)).Expect(s_passkey);
        (await client.CompleteAsync(await client.RequestAsync(("acr_values", "of-another-world")), session)).Expect(200);
        (await client.CompleteAsync(requestId, session)).Expect(s_secondFactor);
        session = session.After(
            await Admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })
        );
        (await client.CompleteAsync(requestId, session)).Expect(200);
    }

    [Fact]
    public async Task A_hint_allows_only_the_user_it_names()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var (minnie, mickey) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var session = await Admin.OpenAsync(minnie);
        var hint = (await client.SignInAsync(session)).Text("id_token");
        foreach (var prompt in new[] { "none", null })
        {
            var requestId = await client.RequestAsync(("id_token_hint", hint), ("prompt", prompt));

            Assert.Equal(
                minnie.Id,
                (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200).Text("authRequest.hintUserId")
            );
            (await client.CompleteAsync(requestId, await Admin.OpenAsync(mickey))).Expect(
                new Failure(400, 9, "OIDC-Acr07", "login_required: the request names another user (id_token_hint, Subject)")
            );
            (await client.CompleteAsync(requestId, session)).Expect(200);
        }

        var refused = await client.RequestAsync(("id_token_hint", hint), ("prompt", "none"));
        var callback = (await client.CompleteAsync(refused, new { error = new { error = "ERROR_REASON_LOGIN_REQUIRED" } })).Expect(200);
        Assert.Equal("login_required", RelyingParty.QueryOf(new Uri(callback.Text("callbackUrl")))["error"]);
    }

    [Fact]
    public async Task A_hint_must_be_one_of_the_clients_own_id_tokens()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var other = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT"));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var (own, others) = (await client.SignInAsync(session), await other.SignInAsync(session));
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var claims = Jwt.Claims(own.Text("id_token"));
        var parts = own.Text("id_token").Split('.');
        foreach (
            var hint in new[]
            {
                "nonsense",
                Jwt.Sign(key, "k1", claims),
                $"{parts[0]}.{others.Text("id_token").Split('.')[1]}.{parts[2]}",
                $"{parts[0]}.{parts[1]}.",
                others.Text("id_token"),
            }
        )
        {
            var reply = (await client.AuthorizeAsync(("id_token_hint", hint))).Expect(302);
            Assert.True(
                RelyingParty.QueryOf(new Uri(reply.Header("Location")!)).ContainsKey("error"),
                reply.Explain($"a refusal of {hint}")
            );
        }

        Assert.Contains(
            "error",
            (await other.AuthorizeAsync(("id_token_hint", others.Text("access_token")))).Expect(302).Header("Location")!,
            StringComparison.Ordinal
        );
        await other.RequestAsync(("id_token_hint", others.Text("id_token")));
    }

    [Fact]
    public async Task The_assurance_a_client_is_registered_with_is_kept()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("minimumAcr", "aal2"),
            ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.TokenExchange })
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        (await client.CompleteAsync(await client.RequestAsync(), session)).Expect(s_secondFactor);
        (
            await client.TokenAsync(
                ("grant_type", RelyingParty.TokenExchange),
                ("subject_token", session.Token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            )
        ).ExpectOAuth(400, "insufficient_user_authentication");
    }

    [Fact]
    public async Task The_session_must_be_there_be_alive_and_have_this_token()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var requestId = await client.RequestAsync();

        (await client.CompleteAsync(requestId, session with { Token = (await Admin.OpenAsync(human)).Token })).Expect(
            new Failure(403, 7, "COMMAND-sGr42", "Session Token is invalid")
        );
        (await client.CompleteAsync(requestId, session with { Id = "4711" })).Expect(
            new Failure(400, 9, "COMMAND-Flk38", "Session does not exist")
        );
        var expired = await Admin.OpenAsync(new { checks = human.WithPassword, lifetime = "0.1s" });
        await Task.Delay(200, TestContext.Current.CancellationToken);
        (await client.CompleteAsync(requestId, expired)).Expect(Failures.Expired);
        (await Admin.EndAsync(session)).Expect(200);
        (await client.CompleteAsync(requestId, session)).Expect(Failures.Terminated);
        (await client.CompleteAsync(requestId, await Admin.OpenAsync(human))).Expect(200);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_once_its_session_has_ended_or_its_user_is_locked()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var (first, second) = (await client.CodeAsync(session), await client.CodeAsync(await Admin.OpenAsync(human)));
        (await Admin.EndAsync(session)).Expect(200);
        (await client.RedeemAsync(first)).ExpectOAuth(400, "invalid_grant");
        (await Admin.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);
        (await client.RedeemAsync(second)).ExpectOAuth(400, "invalid_grant");
    }

    private async Task<Reply> RequestAsync(string requestId) => (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);

    private async Task<IEnumerable<string>> PromptsAsync(string requestId) =>
        (await RequestAsync(requestId)).Items("authRequest.prompt").Select(prompt => prompt.GetValue<string>());
}
