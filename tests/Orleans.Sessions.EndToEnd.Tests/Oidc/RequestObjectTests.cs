using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Authorization requests whose parameters the client has signed (RFC 9101, OpenID Connect Core §6).</summary>
public sealed class RequestObjectTests(SqliteHost host) : ContractTests(host), IDisposable
{
    private const string InvalidObject = "invalid_request_object";

    private readonly RequestKey _key = new();

    /// <summary>What a request has beside a pushed request's address: nothing.</summary>
    private static readonly (string Name, string? Value)[] s_nothing =
    [
        ("redirect_uri", null),
        ("response_type", null),
        ("scope", null),
        ("state", null),
    ];

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task What_the_client_signed_counts_and_what_stands_beside_it_does_not()
    {
        var client = await RegisterAsync();
        var signed = _key.Sign(
            client,
            ("login_hint", "inside"),
            ("max_age", 60),
            ("scope", "openid profile"),
            ("claims", JsonNode.Parse("""{"userinfo":{"email":null}}"""))
        );

        var requestId = await client.RequestAsync(
            ("request", signed),
            ("login_hint", "outside"),
            ("ui_locales", "de"),
            ("scope", "openid email"),
            ("state", "outside")
        );

        var asked = (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);
        Assert.Equal(("inside", "60s"), (asked.Text("authRequest.loginHint"), asked.Text("authRequest.maxAge")));
        Assert.DoesNotContain("outside", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"de\"", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"email\"", asked.Body, StringComparison.Ordinal);
        var done = (await client.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync()))).Expect(200);
        var answer = RelyingParty.QueryOf(new Uri(done.Text("callbackUrl")));
        Assert.Equal("signed-state", answer["state"]);
        (await client.RedeemAsync(answer["code"])).Expect(200);
    }

    [Fact]
    public async Task A_pushed_request_can_be_signed_too()
    {
        var client = await RegisterAsync(("requireSignedRequestObject", true));
        var pushed = (await client.PostAsync("/oauth/v2/par", ("request", _key.Sign(client)), ("state", "outside"))).Expect(201);

        var requestId = await client.RequestAsync([("request_uri", pushed.Text("request_uri")), .. s_nothing]);

        var done = (await client.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync()))).Expect(200);
        Assert.Equal("signed-state", RelyingParty.QueryOf(new Uri(done.Text("callbackUrl")))["state"]);
    }

    [Fact]
    public async Task A_bad_object_is_refused_at_both_endpoints()
    {
        var client = await RegisterAsync();
        using var stranger = new RequestKey();
        var good = _key.Sign(client);
        var issuer = Admin.Host.Address.GetLeftPart(UriPartial.Authority);
        (string Fault, string Object)[] bad =
        [
            ("no JWT", "x"),
            ("no signature", good[..(good.LastIndexOf('.') + 1)]),
            ("no algorithm", _key.SignAs("none", "JWT", client)),
            ("no algorithm and no signature", Unsigned(client)),
            ("a shared secret", _key.SignAs("HS256", "JWT", client)),
            ("another algorithm than the registered one", _key.SignAs("RS512", "JWT", client)),
            ("the key of somebody else", stranger.Sign(client)),
            ("another type", _key.SignAs("RS256", "at+jwt", client)),
            ("another issuer", _key.Sign(client, ("iss", "somebody"))),
            ("no issuer", _key.Sign(client, ("iss", null))),
            ("an assertion", _key.Sign(client, ("sub", client.Id))),
            ("another audience", _key.Sign(client, ("aud", "https://elsewhere.example"))),
            ("no audience", _key.Sign(client, ("aud", null))),
            ("expired", _key.Sign(client, ("exp", Jwt.Now - 60))),
            ("without end", _key.Sign(client, ("exp", null))),
            ("too long", _key.Sign(client, ("exp", Jwt.Now + 7200))),
            ("in the future", _key.Sign(client, ("nbf", Jwt.Now + 600))),
            ("another client", _key.Sign(client, ("client_id", "somebody"))),
            ("another response type", _key.Sign(client, ("response_type", "token"))),
            ("an object within", _key.Sign(client, ("request", good))),
            ("an address within", _key.Sign(client, ("request_uri", "urn:ietf:params:oauth:request_uri:x"))),
            ("a list in place of a text", _key.Sign(client, ("scope", new JsonArray("openid")))),
        ];
        foreach (var (fault, signed) in bad)
        {
            var asked = (await client.AuthorizeAsync(("request", signed))).Expect(302);
            Assert.True(ErrorOf(asked) == InvalidObject, $"{fault}: {asked.Header("Location")}");
            var pushed = await client.PostAsync("/oauth/v2/par", ("request", signed), ("response_type", "code"));
            Assert.True(
                pushed.Status == 400 && pushed["error"]?.GetValue<string>() == InvalidObject,
                pushed.Explain($"a refusal: {fault}")
            );
        }

        // The audience may be a list, and the type may be that of RFC 9101.
        await client.RequestAsync(("request", _key.Sign(client, ("aud", new JsonArray("https://elsewhere.example", issuer)))));
        await client.RequestAsync(("request", _key.SignAs("RS256", "oauth-authz-req+jwt", client)));
    }

    [Fact]
    public async Task An_object_that_is_too_large_is_refused()
    {
        var client = await RegisterAsync();

        var reply = await client.PostAsync("/oauth/v2/par", ("request", _key.Sign(client, ("state", new string('a', 20_000)))));

        reply.ExpectOAuth(400, InvalidObject);
        Assert.Contains("16384", reply.Text("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_is_no_way_around_the_rules_for_parameters()
    {
        var client = await RegisterAsync();

        var elsewhere = await client.AuthorizeAsync(("request", _key.Sign(client, ("redirect_uri", "https://elsewhere.example/"))));
        Assert.Null(elsewhere.Expect(400).Header("Location"));
        (string Name, JsonNode? Value)[] bad = [("max_age", -1), ("code_challenge", "short"), ("dpop_jkt", "short"), ("claims", "x")];
        foreach (var claim in bad)
        {
            var reply = (await client.AuthorizeAsync(("request", _key.Sign(client, claim)))).Expect(302);
            Assert.True(ErrorOf(reply) == "invalid_request", $"{claim.Name}: {reply.Header("Location")}");
        }
    }

    [Fact]
    public async Task A_claim_without_a_name_is_ignored()
    {
        var client = await RegisterAsync();

        await client.RequestAsync(("request", _key.Sign(client, ("", "x"))));
        (await client.PostAsync("/oauth/v2/par", ("request", _key.Sign(client, ("", "x"))))).Expect(201);
    }

    [Fact]
    public async Task A_client_without_keys_cannot_sign()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var signed = _key.Sign(client);

        Assert.Equal("request_not_supported", ErrorOf((await client.AuthorizeAsync(("request", signed))).Expect(302)));
        (await client.PostAsync("/oauth/v2/par", ("request", signed))).ExpectOAuth(400, "request_not_supported");
        (await client.AuthorizeAsync(("request", signed), ("client_id", "nobody"))).Expect(400);
        (await client.AuthorizeAsync(("request", signed), ("client_id", null))).Expect(400);
    }

    [Fact]
    public async Task A_client_that_must_sign_sends_nothing_else()
    {
        var client = await RegisterAsync(("requireSignedRequestObject", true));

        Assert.Equal("invalid_request", ErrorOf((await client.AuthorizeAsync()).Expect(302)));
        (
            await client.PostAsync(
                "/oauth/v2/par",
                ("response_type", "code"),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("scope", "openid")
            )
        ).ExpectOAuth(400, "invalid_request");
        var unsigned = await client.RequestAsync(("request", _key.Sign(client, ("scope", "profile"))), ("scope", "openid"));
        var asked = (await Admin.GetAsync($"/v2/oidc/auth_requests/{unsigned}")).Expect(200);
        Assert.DoesNotContain("openid", asked.Body, StringComparison.Ordinal);
        var typeless = await client.AuthorizeAsync(("request", _key.Sign(client, ("response_type", null))));
        Assert.Equal("invalid_request", ErrorOf(typeless.Expect(302)));
    }

    [Fact]
    public async Task Others_may_have_the_scope_and_the_response_type_beside_the_object()
    {
        var client = await RegisterAsync();

        var requestId = await client.RequestAsync(("request", _key.Sign(client, ("scope", null), ("response_type", null))));

        var asked = (await Admin.GetAsync($"/v2/oidc/auth_requests/{requestId}")).Expect(200);
        Assert.Contains("\"openid\"", asked.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_and_an_address_exclude_each_other()
    {
        var client = await RegisterAsync();
        var pushed = (await client.PostAsync("/oauth/v2/par", ("request", _key.Sign(client)))).Expect(201);

        var both = await client.AuthorizeAsync(("request", _key.Sign(client)), ("request_uri", pushed.Text("request_uri")));

        Assert.Equal("invalid_request", ErrorOf(both.Expect(302)));
    }

    [Fact]
    public async Task The_settings_are_read_back_and_discovery_tells_what_is_accepted()
    {
        var client = await RegisterAsync(("requireSignedRequestObject", true));

        var read = (await Admin.GetAsync($"/v2/oidc/clients/{client.Id}")).Expect(200);
        Assert.Equal("RS256", read.Text("client.settings.requestObjectSigningAlg"));
        Assert.True(read["client.settings.requireSignedRequestObject"]!.GetValue<bool>());
        Assert.True(read.Has("client.settings.jsonWebKeys"));
        var metadata = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);
        Assert.True(metadata["request_parameter_supported"]!.GetValue<bool>());
        Assert.False(metadata["require_signed_request_object"]!.GetValue<bool>());
        var algorithms = metadata.Items("request_object_signing_alg_values_supported").Select(name => name.GetValue<string>()).ToList();
        Assert.Contains("ES256", algorithms);
        Assert.DoesNotContain("none", algorithms);
        Assert.DoesNotContain("HS256", algorithms);
    }

    [Fact]
    public async Task Openid_client_signs_its_requests()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        var output = await NodeProgram.RunAsync(
            "openid-client",
            "signed.mjs",
            new()
            {
                ["ISSUER"] = Admin.Host.Address.GetLeftPart(UriPartial.Authority),
                ["ADMIN_TOKEN"] = Admin.Token!,
                ["REDIRECT_URI"] = RelyingParty.RedirectUri,
                ["SESSION_ID"] = session.Id,
                ["SESSION_TOKEN"] = session.Token,
                ["USER_ID"] = human.Id,
            }
        );

        Assert.EndsWith("pushed", output.TrimEnd(), StringComparison.Ordinal);
    }

    private static string Unsigned(RelyingParty client)
    {
        using var key = new RequestKey();
        var signed = key.SignAs("none", "JWT", client);
        return signed[..(signed.LastIndexOf('.') + 1)];
    }

    private static string? ErrorOf(Reply reply) => RelyingParty.QueryOf(new Uri(reply.Header("Location")!)).GetValueOrDefault("error");

    private Task<RelyingParty> RegisterAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(Admin, [.. _key.Settings, .. settings]);
}
