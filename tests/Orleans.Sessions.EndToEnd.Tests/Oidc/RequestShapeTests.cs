using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The allowed forms of requests, and the errors for bad ones.</summary>
public sealed class RequestShapeTests(SqliteHost host) : ContractTests(host)
{
    private static readonly (string Name, string? Value)[] s_pushed =
    [
        ("response_type", "code"),
        ("redirect_uri", RelyingParty.RedirectUri),
        ("scope", "openid"),
    ];

    [Fact]
    public async Task Userinfo_may_be_posted_with_the_token_in_the_header_and_no_body()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var tokens = await client.SignInAsync(await Admin.OpenAsync(human));

        var reply = await Admin.As(tokens.Text("access_token")).SendAsync(HttpMethod.Post, "/oidc/v1/userinfo", content: null);

        Assert.Equal(human.Id, reply.Expect(200).Text("sub"));
    }

    /// <summary>RFC 6749 §5.2, and §2.3 of RFC 7009 and RFC 7662, which refer to it.</summary>
    [Theory]
    [InlineData("/oauth/v2/token")]
    [InlineData("/oauth/v2/introspect")]
    [InlineData("/oauth/v2/revoke")]
    [InlineData("/oauth/v2/par")]
    [InlineData("/oauth/v2/device_authorization")]
    public async Task Odd_content_types_are_answered_with_errors_of_OAuth(string path)
    {
        foreach (
            var type in new[]
            {
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded, application/x-www-form-urlencoded",
                "application/grpc",
                "application/grpc-web",
                "application/proto",
            }
        )
        {
            using var content = new StringContent("grant_type=client_credentials");
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var reply = await Admin.As(null).SendAsync(HttpMethod.Post, path, content);
            Assert.True(reply.Status is >= 400 and < 500, reply.Explain($"a refusal of {type}"));
            Assert.True((string?)reply["error"] is not null, reply.Explain($"an OAuth error to {type}"));
            Assert.True(reply["code"] is null, reply.Explain($"no error of the API to {type}"));
        }
    }

    [Fact]
    public async Task A_compressed_form_is_refused()
    {
        using var content = new StringContent("grant_type=client_credentials");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        content.Headers.ContentEncoding.Add("gzip");
        (await Admin.As(null).SendAsync(HttpMethod.Post, "/oauth/v2/token", content)).ExpectOAuth(415, "invalid_request");
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "", "invalid_request")]
    [InlineData("response_type", "token2", "unsupported_response_type")]
    [InlineData("response_mode", "web_message", "invalid_request")]
    public async Task The_client_hears_of_response_types_and_modes_that_are_not_known(string name, string? value, string error)
    {
        var client = await RelyingParty.RegisterAsync(Admin);

        var answer = AnswerOf(await client.AuthorizeAsync((name, value)));

        Assert.Equal((error, "state-1"), (answer["error"], answer["state"]));
        Assert.Equal(Admin.Host.Address.GetLeftPart(UriPartial.Authority), answer["iss"]);
    }

    [Theory]
    [Asvs("10.4.4", "10.6.1")]
    [InlineData("token")]
    [InlineData("id_token token")]
    [InlineData("code token")]
    public async Task Nobody_gets_a_token_through_the_browser(string type)
    {
        var client = await RelyingParty.RegisterAsync(Admin);

        Assert.Equal("unsupported_response_type", AnswerOf(await client.AuthorizeAsync(("response_type", type)))["error"]);
    }

    [Fact]
    [Asvs("10.4.4")]
    public async Task A_client_uses_only_the_grants_it_is_registered_for_and_nobody_hands_over_passwords()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();

        (
            await client.TokenAsync(
                ("grant_type", "password"),
                ("username", human.LoginName),
                ("password", human.Password),
                ("scope", "openid")
            )
        ).ExpectOAuth(400, "unsupported_grant_type");
        (
            await client.TokenAsync(
                ("grant_type", RelyingParty.TokenExchange),
                ("subject_token", (await Admin.OpenAsync(human)).Token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            )
        ).ExpectOAuth(400, "unauthorized_client");
        (await client.PostAsync("/oauth/v2/device_authorization", ("scope", "openid"))).ExpectOAuth(400, "unauthorized_client");
    }

    [Fact]
    public async Task Hints_and_pushed_requests_that_are_not_good_are_answered_with_errors_of_the_authorization_endpoint()
    {
        var client = await RelyingParty.RegisterAsync(Admin);

        Assert.Equal("invalid_request", AnswerOf(await client.AuthorizeAsync(("id_token_hint", "x.y.z")))["error"]);
        Assert.Equal(
            "invalid_request_uri",
            AnswerOf(await client.AuthorizeAsync(("request_uri", "urn:ietf:params:oauth:request_uri:x")))["error"]
        );
        (await client.PostAsync("/oauth/v2/par", [.. s_pushed, ("id_token_hint", "x.y.z")])).ExpectOAuth(400, "invalid_request");
    }

    [Fact]
    [Asvs("10.4.6")]
    public async Task A_public_client_always_needs_pkce_and_a_confidential_one_if_it_is_registered_so()
    {
        var challenge = Pkce.Create().Challenge;
        var parties = new[]
        {
            (Party: await RelyingParty.RegisterPublicAsync(Admin, ("requirePkce", false)), Needs: true),
            (Party: await RelyingParty.RegisterAsync(Admin, ("requirePkce", true)), Needs: true),
            (Party: await RelyingParty.RegisterAsync(Admin), Needs: false),
        };
        foreach (var (party, needs) in parties)
        {
            Assert.Equal(
                needs,
                RelyingParty.QueryOf(new Uri((await party.AuthorizeAsync()).Expect(302).Header("Location")!)).GetValueOrDefault("error")
                    == "invalid_request"
            );
            Assert.Equal(needs ? 400 : 201, (await party.PostAsync("/oauth/v2/par", s_pushed)).Status);
            await party.RequestAsync(challenge);
            (await party.PostAsync("/oauth/v2/par", [.. s_pushed, .. challenge])).Expect(201);
        }
    }

    [Fact]
    public async Task A_code_without_pkce_is_worth_nothing_once_the_client_must_use_it()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var code = await client.CodeAsync(session);
        (
            await Admin.PutAsync(
                $"/v2/oidc/clients/{client.Id}",
                new
                {
                    settings = new
                    {
                        authentication = "CLIENT_AUTHENTICATION_SECRET_BASIC",
                        redirectUris = new[] { RelyingParty.RedirectUri },
                        requirePkce = true,
                    },
                }
            )
        ).Expect(200);
        await Eventually.StatusAsync(400, () => client.PostAsync("/oauth/v2/par", s_pushed), TimeSpan.FromSeconds(2));

        (await client.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    [Asvs("10.4.6")]
    public async Task Pkce_without_a_hash_is_none()
    {
        var verifier = Pkce.Create().Verifier;
        foreach (var client in new[] { await RelyingParty.RegisterAsync(Admin), await RelyingParty.RegisterPublicAsync(Admin) })
        {
            foreach (var method in new[] { "plain", null, "", "s256" })
            {
                (string, string?)[] plain = [("code_challenge", verifier), ("code_challenge_method", method)];
                Assert.Equal("invalid_request", AnswerOf(await client.AuthorizeAsync(plain))["error"]);
                (await client.PostAsync("/oauth/v2/par", [.. s_pushed, .. plain])).ExpectOAuth(400, "invalid_request");
            }
        }
    }

    [Theory, InlineData("soon"), InlineData("1.5"), InlineData("99999999999999999999"), InlineData("-1")]
    public async Task A_max_age_that_is_no_number_of_seconds_is_not_taken_for_none(string maxAge)
    {
        var client = await RelyingParty.RegisterAsync(Admin);

        Assert.Equal("invalid_request", AnswerOf(await client.AuthorizeAsync(("max_age", maxAge)))["error"]);
        (await client.PostAsync("/oauth/v2/par", [.. s_pushed, ("max_age", maxAge)])).ExpectOAuth(400, "invalid_request");
    }

    [
        Theory,
        InlineData("max_age", "0"),
        InlineData("prompt", "login"),
        InlineData("acr_values", "phr"),
        InlineData("nonce", "n"),
        InlineData("state", "s"),
        InlineData("id_token_hint", "x")
    ]
    public async Task A_parameter_that_comes_twice_is_not_taken_for_one_that_did_not_come(string name, string value)
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var address = QueryHelpers.AddQueryString(
            "/oauth/v2/authorize",
            [
                new("client_id", client.Id),
                .. s_pushed.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)),
                new(name, value),
                new(name, value),
            ]
        );

        Assert.Equal("invalid_request", AnswerOf(await client.Anonymous.GetAsync(address))["error"]);
        (await client.PostAsync("/oauth/v2/par", [.. s_pushed, (name, value), (name, value)])).ExpectOAuth(400, "invalid_request");
    }

    [Fact]
    public async Task A_logout_whose_parameters_come_twice_ends_nothing()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));
        const string back = "post_logout_redirect_uri";

        var reply = await client.Anonymous.PostFormAsync(
            "/oidc/v1/end_session",
            ("id_token_hint", tokens.Text("id_token")),
            (back, RelyingParty.PostLogoutRedirectUri),
            (back, "https://elsewhere.example/")
        );

        reply.Expect(400);
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));
    }

    [Fact]
    public async Task A_parameter_without_a_value_is_as_good_as_none()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        (string, string?)[] empty =
        [
            ("prompt", ""),
            ("max_age", ""),
            ("acr_values", ""),
            ("id_token_hint", ""),
            ("login_hint", ""),
            ("response_mode", ""),
            ("request", ""),
            ("request_uri", ""),
            ("code_challenge", ""),
            ("code_challenge_method", ""),
            ("nonce", ""),
        ];

        (await client.RedeemAsync(await client.CodeAsync(session, empty))).Expect(200);
        (await client.PostAsync("/oauth/v2/par", [.. s_pushed, ("code_challenge", ""), ("max_age", "")])).Expect(201);

        // A client that wants no id token need not name its only redirect URI either.
        var code = await client.CodeAsync(session, ("redirect_uri", ""), ("scope", ""));
        (await client.TokenAsync(("grant_type", RelyingParty.AuthorizationCode), ("code", code))).Expect(200);
    }

    [Theory]
    [Asvs("10.4.1")]
    [InlineData("http://127.0.0.1/back?x=1", "http://127.0.0.1:49152/back?x=1", true)]
    [InlineData("http://[::1]:8000/back", "http://[::1]:49152/back", true)]
    [InlineData("http://localhost/back", "http://localhost:49152/back", true)]
    [InlineData("http://127.0.0.1/back", "http://127.0.0.1:49152/other", false)]
    [InlineData("http://127.0.0.1/back", "http://127.0.0.1:49152/back?x=1", false)]
    [InlineData("http://127.0.0.1/back", "http://localhost:49152/back", false)]
    [InlineData("http://127.0.0.1/back", "https://127.0.0.1:49152/back", false)]
    [InlineData("http://127.0.0.1/back", "http://evil@127.0.0.1:49152/back", false)]
    [InlineData("http://127.0.0.1/back", "http://127.0.0.1.example:49152/back", false)]
    [InlineData("https://shop.example/back", "https://shop.example:49152/back", false)]
    public async Task An_app_that_waits_on_its_own_machine_chooses_the_port(string registered, string used, bool isTaken)
    {
        var app = await RelyingParty.RegisterPublicAsync(Admin, ("redirectUris", new[] { registered }));
        var site = await RelyingParty.RegisterAsync(Admin, ("redirectUris", new[] { registered }));
        var pkce = Pkce.Create();
        (string, string?)[] request = [("redirect_uri", used), .. pkce.Challenge];

        (await site.AuthorizeAsync(request)).Expect(400);
        if (!isTaken)
        {
            (await app.AuthorizeAsync(request)).Expect(400);
            return;
        }

        Assert.StartsWith(
            used,
            (await app.AuthorizeAsync([.. request, ("prompt", "none login")])).Expect(302).Header("Location"),
            StringComparison.Ordinal
        );
        var requestId = await app.RequestAsync(request);
        var callback = (await app.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync())))
            .Expect(200)
            .Text("callbackUrl");
        Assert.StartsWith(used, callback, StringComparison.Ordinal);
        (await app.RedeemAsync(RelyingParty.QueryOf(new Uri(callback))["code"], pkce.Verifier, used)).Expect(200);
    }

    [Theory]
    [InlineData("/oauth/v2/authorize?client_id=x", null)]
    [InlineData("/oauth/v2/authorize/callback?id=x&ticket=y", null)]
    [InlineData("/oauth/v2/device?user_code=x", null)]
    [InlineData("/oidc/v1/end_session", null)]
    [InlineData("/oidc/v1/userinfo", "https://shop.example")]
    [InlineData("/oauth/v2/keys", "https://shop.example")]
    public async Task Scripts_of_other_origins_may_not_read_what_browsers_are_sent_to(string address, string? allowed)
    {
        var reply = await Admin.As(null).With("Origin", "https://shop.example").GetAsync(address);

        Assert.Equal(allowed, reply.Header("Access-Control-Allow-Origin"));
        Assert.Equal(allowed is null ? null : "true", reply.Header("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("/oauth/v2/token")]
    [InlineData("/oauth/v2/revoke")]
    [InlineData("/oauth/v2/introspect")]
    [InlineData("/oauth/v2/authorize")]
    public async Task A_form_whose_content_type_comes_twice_is_refused(string path)
    {
        using var content = new ByteArrayContent("token=x&client_id=y"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded, application/x-www-form-urlencoded");

        (await Admin.As(null).SendAsync(HttpMethod.Post, path, content)).ExpectOAuth(400, "invalid_request");
    }

    [Fact]
    public async Task The_stored_parameters_of_a_request_are_short_each_and_together()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var state = new string('s', 4096 - "openid".Length);
        await client.RequestAsync(("state", state));
        (await client.PostAsync("/oauth/v2/par", [.. s_pushed, ("state", state)])).Expect(201);

        foreach (var (name, value) in new[] { ("state", $"{state}s"), ("nonce", new string('n', 1001)) })
        {
            Assert.Equal("invalid_request", AnswerOf(await client.AuthorizeAsync((name, value)))["error"]);
            (await client.PostAsync("/oauth/v2/par", [.. s_pushed, (name, value)])).ExpectOAuth(400, "invalid_request");
        }
    }

    private static Dictionary<string, string> AnswerOf(Reply reply)
    {
        var location = reply.Expect(302).Header("Location")!;
        Assert.StartsWith(RelyingParty.RedirectUri, location, StringComparison.Ordinal);
        return RelyingParty.QueryOf(new Uri(location));
    }
}
