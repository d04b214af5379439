using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>Tokens that are bound to a key are worthless to a thief who does not have the key (DPoP, RFC 9449).</summary>
public abstract class DpopTests(SharedHost host) : ContractTests(host)
{
    private const string InvalidProof = "invalid_dpop_proof";

    private string Issuer => Admin.Host.Address.GetLeftPart(UriPartial.Authority);

    private string TokenAddress => $"{Issuer}/oauth/v2/token";

    [Theory]
    [InlineData("ACCESS_TOKEN_TYPE_OPAQUE")]
    [InlineData("ACCESS_TOKEN_TYPE_JWT")]
    public async Task A_bound_token_works_only_with_fresh_proofs_of_its_key(string type)
    {
        using var key = new ProofKey();
        using var other = new ProofKey();
        var client = await RelyingParty.RegisterAsync(Admin, ("accessTokenType", type), ("scopes", new[] { RelyingParty.ApiScope }));
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var tokens = await SignInAsync(client, session, key);
        var token = tokens.Text("access_token");

        Assert.Equal("DPoP", tokens.Text("token_type"));
        foreach (var asker in new[] { client.Authenticated, client.Authenticated.With("Origin", "https://shop.example") })
        {
            var told = (await asker.PostFormAsync("/oauth/v2/introspect", ("token", token))).Expect(200);
            Assert.Equal(("DPoP", key.Thumbprint), (told.Text("token_type"), told.Text("cnf.jkt")));
        }

        if (type == "ACCESS_TOKEN_TYPE_JWT")
        {
            Assert.Equal(key.Thumbprint, Jwt.Claims(token)["cnf"]!["jkt"]!.GetValue<string>());
        }

        foreach (var path in new[] { "/oidc/v1/userinfo", $"/v2/users/{human.Id}" })
        {
            var good = key.Prove("GET", Issuer + path, token);
            (await GetAsync(path, $"DPoP {token}", good)).Expect(200);
            (string Fault, string Authorization, string? Proof, string Error)[] bad =
            [
                ("used before", $"DPoP {token}", good, InvalidProof),
                ("no proof", $"DPoP {token}", null, InvalidProof),
                ("another key", $"DPoP {token}", other.Prove("GET", Issuer + path, token), "invalid_token"),
                ("another method", $"DPoP {token}", key.Prove("POST", Issuer + path, token), InvalidProof),
                ("another address", $"DPoP {token}", key.Prove("GET", $"{Issuer}/elsewhere", token), InvalidProof),
                ("no hash", $"DPoP {token}", key.Prove("GET", Issuer + path), InvalidProof),
                ("the hash of another token", $"DPoP {token}", key.Prove("GET", Issuer + path, "x"), InvalidProof),
                ("as a bearer token", $"Bearer {token}", null, "invalid_token"),
                ("as a bearer token with a proof", $"Bearer {token}", key.Prove("GET", Issuer + path, token), "invalid_token"),
                ("a session token", $"DPoP {session.Token}", key.Prove("GET", Issuer + path, session.Token), "invalid_token"),
            ];
            foreach (var (fault, authorization, proof, error) in bad)
            {
                var reply = (await GetAsync(path, authorization, proof)).Expect(401);
                var challenge = reply.Header("WWW-Authenticate")!;
                Assert.True(
                    challenge.StartsWith("DPoP ", StringComparison.Ordinal)
                        && challenge.Contains($"error=\"{error}\"", StringComparison.Ordinal)
                        && challenge.Contains("algs=\"ES256 ", StringComparison.Ordinal),
                    $"{fault} at {path}: {challenge}"
                );
            }
        }
    }

    [Fact]
    public async Task A_bearer_token_is_not_accepted_as_a_bound_one()
    {
        using var key = new ProofKey();
        var client = await RelyingParty.RegisterAsync(Admin, ("scopes", new[] { RelyingParty.ApiScope }));
        var human = await Admin.NewHumanAsync();
        var tokens = await client.SignInAsync(await Admin.OpenAsync(human), $"openid {RelyingParty.ApiScope}");
        var token = tokens.Text("access_token");

        Assert.Equal("Bearer", tokens.Text("token_type"));
        foreach (var path in new[] { "/oidc/v1/userinfo", $"/v2/users/{human.Id}" })
        {
            (await GetAsync(path, $"DPoP {token}", key.Prove("GET", Issuer + path, token))).Expect(401);
            (await GetAsync(path, $"Bearer {token}", null)).Expect(200);
        }
    }

    [Fact]
    public async Task A_bad_proof_gives_no_tokens_and_a_good_one_works_once()
    {
        using var key = new ProofKey();
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("grantTypes", new[] { "client_credentials" }),
            ("redirectUris", Array.Empty<string>()),
            ("postLogoutRedirectUris", Array.Empty<string>())
        );
        (string Fault, string Proof)[] bad =
        [
            ("another method", key.Prove("GET", TokenAddress)),
            ("another address", key.Prove("POST", $"{Issuer}/oauth/v2/par")),
            ("another service", key.Prove("POST", "https://elsewhere.example/oauth/v2/token")),
            ("too old", key.Prove("POST", TokenAddress, claims: [("iat", Jwt.Now - 600)])),
            ("in the future", key.Prove("POST", TokenAddress, claims: [("iat", Jwt.Now + 600)])),
            ("no id", key.Prove("POST", TokenAddress, claims: [("jti", null)])),
            ("the private key", key.Prove("POST", TokenAddress, header: [("jwk", key.WithPrivatePart())])),
            ("no algorithm", key.Prove("POST", TokenAddress, header: [("alg", "none")])),
            ("a shared secret", key.Prove("POST", TokenAddress, header: [("alg", "HS256")])),
            ("another type", key.Prove("POST", TokenAddress, header: [("typ", "JWT")])),
            ("no key", key.Prove("POST", TokenAddress, header: [("jwk", null)])),
            ("no signature", key.Prove("POST", TokenAddress)[..^86]),
            ("no proof", "x"),
        ];
        foreach (var (fault, proof) in bad)
        {
            var reply = await AskAsync(client, proof);
            Assert.True(reply.Status == 400 && reply["error"]?.GetValue<string>() == InvalidProof, reply.Explain($"a refusal: {fault}"));
        }

        var good = key.Prove("POST", $"{TokenAddress}?x=y");
        Assert.Equal("DPoP", (await AskAsync(client, good)).Expect(200).Text("token_type"));
        (await AskAsync(client, good)).ExpectOAuth(400, InvalidProof);
    }

    [Fact]
    public async Task A_code_is_bound_to_the_key_that_its_request_names_or_proves()
    {
        using var key = new ProofKey();
        using var other = new ProofKey();
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var named = await client.CodeAsync(session, ("dpop_jkt", key.Thumbprint));
        var pushed = (
            await client
                .Authenticated.With("DPoP", key.Prove("POST", $"{Issuer}/oauth/v2/par"))
                .PostFormAsync("/oauth/v2/par", ("response_type", "code"), ("redirect_uri", RelyingParty.RedirectUri), ("scope", "openid"))
        ).Expect(201);
        var proved = await client.CodeAsync(
            session,
            ("request_uri", pushed.Text("request_uri")),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null)
        );

        foreach (var code in new[] { named, proved })
        {
            (await client.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");
            (await RedeemAsync(client, code, other)).ExpectOAuth(400, "invalid_grant");
            Assert.Equal("DPoP", (await RedeemAsync(client, code, key)).Expect(200).Text("token_type"));
        }

        Assert.Equal("invalid_request", ErrorOf((await client.AuthorizeAsync(("dpop_jkt", "short"))).Expect(302)));
        (
            await client
                .Authenticated.With("DPoP", other.Prove("POST", $"{Issuer}/oauth/v2/par"))
                .PostFormAsync(
                    "/oauth/v2/par",
                    ("response_type", "code"),
                    ("redirect_uri", RelyingParty.RedirectUri),
                    ("scope", "openid"),
                    ("dpop_jkt", key.Thumbprint)
                )
        ).Expect(400);
    }

    [Fact]
    public async Task Only_the_refresh_token_of_a_public_client_is_bound()
    {
        using var key = new ProofKey();
        using var other = new ProofKey();
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var spa = await RelyingParty.RegisterPublicAsync(Admin);
        var bound = (await SignInAsync(spa, session, key)).Text("refresh_token");

        (await spa.RefreshAsync(bound)).ExpectOAuth(400, "invalid_grant");
        (await RefreshAsync(spa, bound, other)).ExpectOAuth(400, "invalid_grant");
        var renewed = (await RefreshAsync(spa, bound, key)).Expect(200);
        Assert.Equal("DPoP", renewed.Text("token_type"));
        (await RefreshAsync(spa, renewed.Text("refresh_token"), other)).ExpectOAuth(400, "invalid_grant");

        var web = await RelyingParty.RegisterAsync(Admin);
        var free = (await SignInAsync(web, session, key)).Text("refresh_token");
        var told = (await RefreshAsync(web, free, other)).Expect(200);
        Assert.Equal(other.Thumbprint, (await web.PostAsync("/oauth/v2/introspect", ("token", told.Text("access_token")))).Text("cnf.jkt"));
    }

    [Fact]
    public async Task A_client_that_must_prove_a_key_gets_nothing_without()
    {
        using var key = new ProofKey();
        var client = await RelyingParty.RegisterAsync(Admin, ("senderConstraint", "SENDER_CONSTRAINT_DPOP"));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var code = await client.CodeAsync(session);

        (await client.RedeemAsync(code)).ExpectOAuth(400, InvalidProof);
        (await RedeemAsync(client, code, key)).Expect(200);
    }

    [Fact]
    public async Task Discovery_names_the_algorithms_and_scripts_may_read_the_nonce()
    {
        var discovery = (await Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);
        Assert.Equal(
            ["ES256", "ES384", "RS256", "PS256"],
            discovery.Items("dpop_signing_alg_values_supported").Select(name => name.GetValue<string>())
        );
        foreach (var path in new[] { "/oauth/v2/token", "/v2/sessions/search" })
        {
            var reply = await Admin.As(null).With("Origin", "https://shop.example").PostAsync(path);
            Assert.Contains("dpop-nonce", reply.Header("Access-Control-Expose-Headers"), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_profile_fapi2_refuses_what_it_does_not_allow()
    {
        (string Field, object? Value)[] profile = [("profile", "CLIENT_PROFILE_FAPI2")];
        foreach (
            var (field, settings) in new (string Field, (string Name, object? Value)[] Settings)[]
            {
                ("authentication", []),
                ("authentication", [("authentication", "CLIENT_AUTHENTICATION_NONE")]),
            }
        )
        {
            var refusal = await Admin.PostAsync(
                "/v2/oidc/clients",
                new
                {
                    settings = settings
                        .Concat(profile)
                        .Append(("redirectUris", (object?)new[] { RelyingParty.RedirectUri }))
                        .ToDictionary(setting => setting.Item1, setting => setting.Item2),
                }
            );
            Assert.Contains($"{field}:", refusal.Expect(400).Text("message"), StringComparison.Ordinal);
        }

        using var key = new ProofKey();
        var keys = new JsonObject { ["keys"] = new JsonArray(key.Public) }.ToJsonString();
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("profile", "CLIENT_PROFILE_FAPI2"),
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", keys)
        );
        Assert.Equal("invalid_request", ErrorOf((await client.AuthorizeAsync(Pkce.Create().Challenge)).Expect(302)));
        (await client.AuthorizeAsync([("redirect_uri", null), ("scope", null), .. Pkce.Create().Challenge])).Expect(400);
    }

    private static string ErrorOf(Reply reply) => RelyingParty.QueryOf(new Uri(reply.Header("Location")!))["error"];

    private async Task<Reply> SignInAsync(RelyingParty client, OpenSession session, ProofKey key)
    {
        var pkce = Pkce.Create();
        var code = await client.CodeAsync(session, [("scope", $"openid offline_access {RelyingParty.ApiScope}"), .. pkce.Challenge]);
        return (await RedeemAsync(client, code, key, pkce.Verifier)).Expect(200);
    }

    private Task<Reply> RedeemAsync(RelyingParty client, string code, ProofKey key, string? verifier = null) =>
        ProvedAsync(
            client,
            key.Prove("POST", TokenAddress),
            ("grant_type", RelyingParty.AuthorizationCode),
            ("code", code),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("code_verifier", verifier)
        );

    private Task<Reply> RefreshAsync(RelyingParty client, string refreshToken, ProofKey key) =>
        ProvedAsync(client, key.Prove("POST", TokenAddress), ("grant_type", RelyingParty.RefreshToken), ("refresh_token", refreshToken));

    private static Task<Reply> AskAsync(RelyingParty client, string proof) =>
        ProvedAsync(client, proof, ("grant_type", "client_credentials"));

    private static Task<Reply> ProvedAsync(RelyingParty client, string proof, params (string Name, string? Value)[] form) =>
        client
            .Authenticated.With("DPoP", proof)
            .PostFormAsync("/oauth/v2/token", client.Secret is null ? [("client_id", client.Id), .. form] : form);

    private Task<Reply> GetAsync(string path, string authorization, string? proof)
    {
        var api = Admin.As(null).With("Authorization", authorization);
        return (proof is null ? api : api.With("DPoP", proof)).GetAsync(path);
    }
}

public sealed class DpopTestsOnSqlite(SqliteHost host) : DpopTests(host);

public sealed class DpopTestsOnPostgreSql(PostgreSqlHost host) : DpopTests(host);
