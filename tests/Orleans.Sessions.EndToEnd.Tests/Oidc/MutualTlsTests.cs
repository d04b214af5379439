using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>
/// Clients authenticate with TLS certificates, and tokens are worthless without the certificate that they are bound to (RFC 8705).
/// </summary>
public sealed class MutualTlsTests(MutualTlsHost host) : IClassFixture<MutualTlsHost>
{
    private const string Subject = "CN=shop,O=Example";
    private const string Token = "/oauth/v2/token";

    private string Issuer => host.Api.Host.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_client_authenticates_with_the_certificate_of_an_authority_that_has_its_name()
    {
        using var foreign = new CertificateMaker();
        using var good = host.Authority.Issue(Subject);
        using var named = host.Authority.Issue("CN=other", names => names.AddDnsName("shop.example"));
        using var ended = host.Authority.Issue(Subject, ended: true);
        using var ofOther = foreign.Issue(Subject);
        var byName = await ServiceAsync(("certificateName", Subject));
        var byHost = await ServiceAsync(("certificateName", "shop.example"), ("certificateNameKind", "CERTIFICATE_NAME_KIND_SAN_DNS"));

        (await AskAsync(byName, good)).Expect(200);
        (await AskAsync(byHost, named)).Expect(200);
        (X509Certificate2? Certificate, string Rule)[] bad =
        [
            (named, "name"),
            (ended, "not valid"),
            (ofOther, "authority"),
            (null, "no TLS client certificate"),
        ];
        foreach (var (certificate, rule) in bad)
        {
            var refusal = (await AskAsync(byName, certificate)).ExpectOAuth(401, "invalid_client");
            Assert.Contains(rule, refusal.Text("error_description"), StringComparison.Ordinal);
        }

        (await AskAsync(byName, good, ("client_secret", "secret"))).ExpectOAuth(401, "invalid_client");
        var forged = host.Api.As(null).With("Client-Cert", $":{Convert.ToBase64String(good.RawData)}:");
        (await forged.PostFormAsync(Token, ("grant_type", "client_credentials"), ("client_id", byName.Id))).ExpectOAuth(
            401,
            "invalid_client"
        );
    }

    [Fact]
    public async Task A_client_authenticates_with_a_certificate_of_its_own_whose_key_it_registered()
    {
        using var own = CertificateMaker.SelfSigned(Subject);
        using var other = CertificateMaker.SelfSigned(Subject);
        var client = await ServiceAsync(
            ("authentication", "CLIENT_AUTHENTICATION_SELF_SIGNED_TLS_CLIENT_AUTH"),
            ("jsonWebKeys", CertificateMaker.KeySet(own))
        );

        var token = (await AskAsync(client, own)).Expect(200).Text("access_token");
        (await AskAsync(client, other)).ExpectOAuth(401, "invalid_client");
        using var caller = new SecureCaller(host, own);
        var told = (await caller.PostFormAsync("/oauth/v2/introspect", ("token", token), ("client_id", client.Id))).Expect(200);
        Assert.True(told["active"]!.GetValue<bool>());
        Assert.False(told.Has("cnf"));
    }

    [Theory]
    [InlineData("ACCESS_TOKEN_TYPE_OPAQUE")]
    [InlineData("ACCESS_TOKEN_TYPE_JWT")]
    public async Task A_bound_token_works_only_on_connections_with_its_certificate(string type)
    {
        using var own = CertificateMaker.SelfSigned("CN=app");
        using var other = CertificateMaker.SelfSigned("CN=app");
        using var caller = new SecureCaller(host, own);
        using var thief = new SecureCaller(host, other);
        using var bare = new SecureCaller(host);
        var client = await RelyingParty.RegisterPublicAsync(
            host.Api,
            ("accessTokenType", type),
            ("senderConstraint", "SENDER_CONSTRAINT_CERTIFICATE"),
            ("scopes", new[] { RelyingParty.ApiScope })
        );
        var human = await host.Api.NewHumanAsync();
        var session = await host.Api.OpenAsync(human);
        var pkce = Pkce.Create();
        var code = await client.CodeAsync(session, [("scope", $"openid offline_access {RelyingParty.ApiScope}"), .. pkce.Challenge]);

        var redemption = Redemption(client, code, pkce);
        (await bare.PostFormAsync(Token, redemption)).ExpectOAuth(400, "invalid_request");
        var tokens = (await caller.PostFormAsync(Token, redemption)).Expect(200);
        var token = tokens.Text("access_token");

        Assert.Equal("Bearer", tokens.Text("token_type"));
        var thumbprint = CertificateMaker.Thumbprint(own);
        if (type == "ACCESS_TOKEN_TYPE_JWT")
        {
            Assert.Equal(thumbprint, Jwt.Claims(token)["cnf"]!["x5t#S256"]!.GetValue<string>());
        }

        foreach (var path in new[] { "/oidc/v1/userinfo", $"/v2/users/{human.Id}" })
        {
            (await caller.GetAsync(path, token)).Expect(200);
            foreach (
                var reply in new[]
                {
                    await thief.GetAsync(path, token),
                    await bare.GetAsync(path, token),
                    await host.Api.As(token).GetAsync(path),
                }
            )
            {
                Assert.Contains("error=\"invalid_token\"", reply.Expect(401).Header("WWW-Authenticate"), StringComparison.Ordinal);
            }
        }

        var refreshing = Refreshing(client, tokens);
        (await thief.PostFormAsync(Token, refreshing)).ExpectOAuth(400, "invalid_grant");
        var renewed = (await caller.PostFormAsync(Token, refreshing)).Expect(200);
        (await caller.GetAsync("/oidc/v1/userinfo", renewed.Text("access_token"))).Expect(200);
    }

    [Fact]
    public async Task Introspection_names_the_certificate_and_a_confidential_client_may_renew_its_own()
    {
        using var own = host.Authority.Issue(Subject);
        using var next = host.Authority.Issue(Subject);
        var client = await RelyingParty.RegisterAsync(
            host.Api,
            ("authentication", "CLIENT_AUTHENTICATION_TLS_CLIENT_AUTH"),
            ("certificateName", Subject),
            ("senderConstraint", "SENDER_CONSTRAINT_CERTIFICATE")
        );
        var pkce = Pkce.Create();
        var session = await host.Api.OpenAsync(await host.Api.NewHumanAsync());
        var code = await client.CodeAsync(session, [("scope", "openid offline_access"), .. pkce.Challenge]);
        using var caller = new SecureCaller(host, own);
        using var later = new SecureCaller(host, next);

        var tokens = (await caller.PostFormAsync(Token, Redemption(client, code, pkce))).Expect(200);
        var renewed = (await later.PostFormAsync(Token, Refreshing(client, tokens))).Expect(200);

        foreach (var (token, certificate) in new[] { (tokens, own), (renewed, next) })
        {
            var told = await later.PostFormAsync("/oauth/v2/introspect", ("token", token.Text("access_token")), ("client_id", client.Id));
            Assert.Equal(("Bearer", CertificateMaker.Thumbprint(certificate)), (told.Text("token_type"), Bound(told)));
        }
    }

    [Fact]
    public async Task Fapi_accepts_certificates_in_place_of_assertions_and_of_dpop()
    {
        using var own = host.Authority.Issue(Subject);
        var client = await RelyingParty.RegisterAsync(
            host.Api,
            ("profile", "CLIENT_PROFILE_FAPI2"),
            ("authentication", "CLIENT_AUTHENTICATION_TLS_CLIENT_AUTH"),
            ("certificateName", Subject),
            ("senderConstraint", "SENDER_CONSTRAINT_CERTIFICATE")
        );
        using var caller = new SecureCaller(host, own);
        var pkce = Pkce.Create();
        var pushed = (
            await caller.PostFormAsync(
                "/oauth/v2/par",
                [
                    ("client_id", client.Id),
                    ("response_type", "code"),
                    ("redirect_uri", RelyingParty.RedirectUri),
                    ("scope", "openid"),
                    .. pkce.Challenge,
                ]
            )
        ).Expect(201);
        var session = await host.Api.OpenAsync(await host.Api.NewHumanAsync());
        var code = await client.CodeAsync(
            session,
            ("request_uri", pushed.Text("request_uri")),
            ("redirect_uri", null),
            ("response_type", null),
            ("scope", null),
            ("state", null)
        );

        var tokens = (await caller.PostFormAsync(Token, Redemption(client, code, pkce))).Expect(200);

        await Jwt.VerifyAsync(host.Api, tokens.Text("id_token"), "JWT", "PS256");
        (await caller.GetAsync("/oidc/v1/userinfo", tokens.Text("access_token"))).Expect(200);
        (await host.Api.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(401);
    }

    [Fact]
    public async Task An_application_registers_itself_with_the_name_of_its_certificate()
    {
        var token = (await host.Api.PostAsync("/v2/oidc/initial_access_tokens", new { uses = 9 })).Expect(201).Text("token");
        var registrar = host.Api.As(token);
        var metadata = new JsonObject
        {
            ["redirect_uris"] = new JsonArray(RelyingParty.RedirectUri),
            ["token_endpoint_auth_method"] = "tls_client_auth",
            ["tls_client_auth_san_dns"] = "shop.example",
            ["tls_client_certificate_bound_access_tokens"] = true,
        };

        var registered = (await registrar.PostAsync("/oauth/v2/register", metadata)).Expect(201);
        Assert.Equal(
            ("tls_client_auth", "shop.example"),
            (registered.Text("token_endpoint_auth_method"), registered.Text("tls_client_auth_san_dns"))
        );
        Assert.True(registered["tls_client_certificate_bound_access_tokens"]!.GetValue<bool>());

        metadata["tls_client_auth_subject_dn"] = Subject;
        (await registrar.PostAsync("/oauth/v2/register", metadata)).ExpectOAuth(400, "invalid_client_metadata");
    }

    [Fact]
    public async Task Discovery_names_the_methods_and_the_other_address()
    {
        var discovery = (await host.Api.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.Equal(Issuer, discovery.Text("issuer"));
        Assert.True(discovery["tls_client_certificate_bound_access_tokens"]!.GetValue<bool>());
        Assert.Equal($"{Issuer}{Token}", discovery.Text("token_endpoint"));
        foreach (
            var (name, path) in new[]
            {
                ("token_endpoint", Token),
                ("revocation_endpoint", "/oauth/v2/revoke"),
                ("introspection_endpoint", "/oauth/v2/introspect"),
                ("device_authorization_endpoint", "/oauth/v2/device_authorization"),
                ("pushed_authorization_request_endpoint", "/oauth/v2/par"),
                ("userinfo_endpoint", "/oidc/v1/userinfo"),
            }
        )
        {
            Assert.Equal(new Uri(host.SecureAddress, path).AbsoluteUri, discovery["mtls_endpoint_aliases"]![name]!.GetValue<string>());
        }

        var methods = discovery.Items("token_endpoint_auth_methods_supported").Select(method => method.GetValue<string>()).ToList();
        Assert.Contains("tls_client_auth", methods);
        Assert.Contains("self_signed_tls_client_auth", methods);
    }

    [Fact]
    public async Task Tokens_are_signed_by_ps256_for_a_client_that_wants_it()
    {
        var client = await RelyingParty.RegisterAsync(
            host.Api,
            ("idTokenSignedResponseAlg", "PS256"),
            ("accessTokenSignedResponseAlg", "PS256"),
            ("accessTokenType", "ACCESS_TOKEN_TYPE_JWT")
        );

        var tokens = await client.SignInAsync(await host.Api.OpenAsync(await host.Api.NewHumanAsync()));

        await Jwt.VerifyAsync(host.Api, tokens.Text("id_token"), "JWT", "PS256");
        await Jwt.VerifyAsync(host.Api, tokens.Text("access_token"), "at+jwt", "PS256");
        (await host.Api.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);
        Assert.True(await client.IsActiveAsync(tokens.Text("access_token")));
        await client.RequestAsync(("id_token_hint", tokens.Text("id_token")));
    }

    private static string Bound(Reply introspected) => introspected["cnf"]!["x5t#S256"]!.GetValue<string>();

    private static (string Name, string? Value)[] Redemption(RelyingParty client, string code, Pkce pkce) =>
        [
            ("grant_type", RelyingParty.AuthorizationCode),
            ("client_id", client.Id),
            ("code", code),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("code_verifier", pkce.Verifier),
        ];

    private static (string Name, string? Value)[] Refreshing(RelyingParty client, Reply tokens) =>
        [("grant_type", RelyingParty.RefreshToken), ("client_id", client.Id), ("refresh_token", tokens.Text("refresh_token"))];

    /// <summary>A client that asks for tokens for itself.</summary>
    private Task<RelyingParty> ServiceAsync(params (string Name, object? Value)[] settings) =>
        RelyingParty.RegisterAsync(
            host.Api,
            [
                ("authentication", "CLIENT_AUTHENTICATION_TLS_CLIENT_AUTH"),
                ("grantTypes", new[] { "client_credentials" }),
                ("redirectUris", Array.Empty<string>()),
                ("postLogoutRedirectUris", Array.Empty<string>()),
                .. settings,
            ]
        );

    private async Task<Reply> AskAsync(RelyingParty client, X509Certificate2? certificate, params (string Name, string? Value)[] more)
    {
        using var caller = new SecureCaller(host, certificate);
        return await caller.PostFormAsync(Token, [("grant_type", "client_credentials"), ("client_id", client.Id), .. more]);
    }
}
