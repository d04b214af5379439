using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>How clients and service accounts prove who they are at the token endpoint.</summary>
public abstract class ClientProofTests(SharedHost host) : ContractTests(host)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly RSA _key = RSA.Create(2048);

    private string Issuer => Admin.Host.Address.GetLeftPart(UriPartial.Authority);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _key.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    [Asvs("10.4.10")]
    public async Task A_secret_must_be_there_and_be_right()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var code = await client.CodeAsync(session);
        (string, string?)[] form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RelyingParty.RedirectUri)];

        (await client.Anonymous.PostFormAsync("/oauth/v2/token", [.. form, ("client_id", client.Id)])).ExpectOAuth(401, "invalid_client");
        (
            await client.Anonymous.PostFormAsync("/oauth/v2/token", [.. form, ("client_id", client.Id), ("client_secret", "wrong")])
        ).ExpectOAuth(401, "invalid_client");
        (
            await client.Anonymous.PostFormAsync("/oauth/v2/token", [.. form, ("client_id", "nobody"), ("client_secret", client.Secret)])
        ).ExpectOAuth(401, "invalid_client");
        (
            await client.Anonymous.PostFormAsync("/oauth/v2/token", [.. form, ("client_id", client.Id), ("client_secret", client.Secret)])
        ).Expect(200);
    }

    [Fact]
    public async Task A_new_secret_replaces_the_old_one()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var secret = (await Admin.PostAsync($"/v2/oidc/clients/{client.Id}/secret")).Expect(200).Text("clientSecret");
        var renewed = new RelyingParty(Admin, client.Id, secret);
        Assert.False(await renewed.IsActiveAsync("x"));
        await Eventually.StatusAsync(401, () => client.PostAsync("/oauth/v2/introspect", ("token", "x")), TimeSpan.FromSeconds(1));
    }

    [Fact]
    [Asvs("9.2.1", "9.2.3")]
    public async Task A_client_with_keys_signs_an_assertion()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", KeySet(_key))
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        using var stranger = RSA.Create(2048);
        (string, string)[] bad =
        [
            ("wrong key", Assertion(stranger, client.Id, Issuer)),
            ("other audience", Assertion(_key, client.Id, "https://elsewhere.example")),
            ("another path", Assertion(_key, client.Id, $"{Issuer}/oauth/v2/authorize")),
            ("an endpoint it is not used at", Assertion(_key, client.Id, $"{Issuer}/oauth/v2/par")),
            (
                "somebody else too",
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        aud = new[] { Issuer, "https://elsewhere.example" },
                        iat = Jwt.Now,
                        exp = Jwt.Now + 60,
                    }
                )
            ),
            (
                "nobody",
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        iat = Jwt.Now,
                        exp = Jwt.Now + 60,
                    }
                )
            ),
            ("too old", Assertion(_key, client.Id, Issuer, age: 7300)),
            (
                "too long",
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        aud = Issuer,
                        iat = Jwt.Now,
                        exp = Jwt.Now + 86_400,
                    }
                )
            ),
            (
                "not for itself",
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = "other",
                        aud = Issuer,
                        iat = Jwt.Now,
                        exp = Jwt.Now + 60,
                    }
                )
            ),
            (
                "no end",
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        aud = Issuer,
                        iat = Jwt.Now,
                    }
                )
            ),
            (
                "an end that is text",
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        aud = Issuer,
                        exp = $"{Jwt.Now + 60}",
                    }
                )
            ),
            (
                "an extension",
                Jwt.Sign(
                    _key,
                    Critical("k1"),
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        aud = Issuer,
                        exp = Jwt.Now + 60,
                    }
                )
            ),
        ];
        foreach (var (what, assertion) in bad)
        {
            var reply = await RedeemAsync(client, session, assertion);
            Assert.True(reply.Status is 400 or 401 && reply.Has("error"), reply.Explain($"a refusal of {what}"));
        }

        (await RedeemAsync(client, session, Assertion(_key, client.Id, Issuer))).Expect(200);
        (await RedeemAsync(client, session, Assertion(_key, client.Id, $"{Issuer}/oauth/v2/token"))).Expect(200);
        (
            await RedeemAsync(
                client,
                session,
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = client.Id,
                        sub = client.Id,
                        aud = Issuer,
                        exp = Jwt.Now + 60.5,
                    }
                )
            )
        ).Expect(200);
        (
            await client.Anonymous.PostFormAsync(
                "/oauth/v2/token",
                ("grant_type", "authorization_code"),
                ("client_id", client.Id),
                ("code", await client.CodeAsync(session)),
                ("redirect_uri", RelyingParty.RedirectUri)
            )
        ).ExpectOAuth(401, "invalid_client");
    }

    [Fact]
    public async Task A_client_with_keys_exchanges_a_token_and_is_named_by_its_assertion_alone()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", KeySet(_key)),
            ("grantTypes", new[] { RelyingParty.AuthorizationCode, RelyingParty.TokenExchange })
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var token = (await RedeemAsync(client, session, Assertion(_key, client.Id, Issuer))).Expect(200).Text("access_token");
        Task<Reply> ExchangeAsync(params (string Name, string? Value)[] proof) =>
            client.Anonymous.PostFormAsync(
                "/oauth/v2/token",
                [
                    ("grant_type", RelyingParty.TokenExchange),
                    ("subject_token", token),
                    ("subject_token_type", $"{RelyingParty.TokenTypes}access_token"),
                    .. proof,
                ]
            );

        Assert.True((await ExchangeAsync()).Status is 400 or 401);
        var reply = await ExchangeAsync(("client_assertion_type", AssertionType), ("client_assertion", Assertion(_key, client.Id, Issuer)));
        Assert.Equal($"{RelyingParty.TokenTypes}access_token", reply.Expect(200).Text("issued_token_type"));
    }

    [Fact]
    public async Task An_assertion_with_an_id_counts_once()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", KeySet(_key))
        );
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var jti = Guid.NewGuid();
        string WithId(long exp) =>
            Jwt.Sign(
                _key,
                "k1",
                new
                {
                    iss = client.Id,
                    sub = client.Id,
                    aud = Issuer,
                    jti,
                    exp,
                }
            );
        string WithoutId(long exp) =>
            Jwt.Sign(
                _key,
                "k1",
                new
                {
                    iss = client.Id,
                    sub = client.Id,
                    aud = Issuer,
                    exp,
                }
            );

        var assertion = WithId(Jwt.Now + 300);
        (await RedeemAsync(client, session, assertion)).Expect(200);
        (await RedeemAsync(client, session, assertion)).ExpectOAuth(401, "invalid_client");
        (await RedeemAsync(client, session, WithId(Jwt.Now + 200))).ExpectOAuth(401, "invalid_client");
        (await RedeemAsync(client, session, WithoutId(Jwt.Now + 300))).Expect(200);
        assertion = WithoutId(Jwt.Now + 200);
        (await RedeemAsync(client, session, assertion)).Expect(200);

        // Many programs make the same one again within the same second.
        (await RedeemAsync(client, session, assertion)).Expect(200);

        // Another client may use the same assertion id.
        var other = await RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", KeySet(_key))
        );
        (
            await RedeemAsync(
                other,
                session,
                Jwt.Sign(
                    _key,
                    "k1",
                    new
                    {
                        iss = other.Id,
                        sub = other.Id,
                        aud = Issuer,
                        jti,
                        exp = Jwt.Now + 300,
                    }
                )
            )
        ).Expect(200);
        (
            await client.Anonymous.PostFormAsync(
                "/oauth/v2/par",
                ("client_id", client.Id),
                ("client_assertion_type", AssertionType),
                ("client_assertion", Assertion(_key, client.Id, $"{Issuer}/oauth/v2/par")),
                ("response_type", "code"),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("scope", "openid")
            )
        ).Expect(201);
    }

    [Theory]
    [InlineData("/oauth/v2/introspect")]
    [InlineData("/oauth/v2/revoke")]
    public async Task An_assertion_may_name_the_endpoint_that_it_is_sent_to(string path)
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", KeySet(_key))
        );
        Task<Reply> AskAsync(string audience) =>
            client.Anonymous.PostFormAsync(
                path,
                ("token", "x"),
                ("client_assertion_type", AssertionType),
                ("client_assertion", Assertion(_key, client.Id, audience))
            );

        Assert.NotEqual(401, (await AskAsync($"{Issuer}{path}")).Status);
        (await AskAsync($"{Issuer}/oauth/v2/par")).ExpectOAuth(401, "invalid_client");
    }

    [Fact]
    public async Task The_refusal_of_an_assertion_names_the_rule_that_it_breaks()
    {
        var client = await RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("jsonWebKeys", KeySet(_key))
        );
        using var stranger = RSA.Create(2048);
        var used = Assertion(_key, client.Id, Issuer);
        (string Assertion, string Told)[] bad =
        [
            (Assertion(stranger, client.Id, Issuer), "not signed with a key"),
            (Assertion(_key, client.Id, "https://elsewhere.example"), "(aud)"),
            (Assertion(_key, client.Id, Issuer, age: 400), "expired"),
            (Assertion(_key, client.Id, Issuer, age: -100), "(iat)"),
            (used, ""),
            (used, "(jti)"),
        ];
        foreach (var (assertion, told) in bad)
        {
            var reply = await client.Anonymous.PostFormAsync(
                "/oauth/v2/introspect",
                ("token", "x"),
                ("client_assertion_type", AssertionType),
                ("client_assertion", assertion)
            );
            Assert.Contains(told, reply.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_service_account_gets_tokens_for_its_secret()
    {
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var secret = (await Admin.PostAsync($"/v2/users/{machine.Id}/secret")).Expect(200).Text("clientSecret");
        Assert.Equal(64, secret.Length);

        var token = (await ForSecretAsync(machine, secret, RelyingParty.ApiScope)).Expect(200).Text("access_token");
        await Admin.As(token).OpenAsync();
        (await ForSecretAsync(machine, secret, "openid")).Expect(200);
        (await ForSecretAsync(machine, "wrong", "openid")).ExpectOAuth(401, "invalid_client");

        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/secret")).Expect(200);
        (await ForSecretAsync(machine, secret, "openid")).ExpectOAuth(401, "invalid_client");
        (await Admin.PostAsync($"/v2/users/{machine.Id}/deactivate")).Expect(200);
        await Eventually.StatusAsync(401, () => Admin.As(token).CreateSessionAsync(new { }), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_service_account_gets_tokens_for_assertions_signed_with_its_key()
    {
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var made = (
            await Admin.PostAsync($"/v2/users/{machine.Id}/keys", new { expirationDate = DateTimeOffset.UtcNow.AddHours(1) })
        ).Expect(200);
        var file = JsonDocument.Parse(Convert.FromBase64String(made.Text("keyContent"))).RootElement;
        Assert.Equal(("serviceaccount", machine.Id), (file.GetProperty("type").GetString(), file.GetProperty("userId").GetString()));
        Assert.Equal(made.Text("keyId"), file.GetProperty("keyId").GetString());
        using var key = RSA.Create();
        key.ImportFromPem(file.GetProperty("key").GetString());

        var token = (await ForAssertionAsync(key, made.Text("keyId"), machine.Id)).Expect(200);
        await Admin.As(token.Text("access_token")).OpenAsync();
        Assert.Equal(machine.Id, (await Jwt.VerifyAsync(Admin, token.Text("id_token"), "JWT"))["sub"]!.GetValue<string>());
        (await ForAssertionAsync(_key, made.Text("keyId"), machine.Id)).ExpectOAuth(400, "invalid_grant");
        (await ForAssertionAsync(key, "4711", machine.Id)).ExpectOAuth(400, "invalid_grant");
        (await ForAssertionAsync(key, made.Text("keyId"), "4711")).ExpectOAuth(400, "invalid_grant");

        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/keys/{made.Text("keyId")}")).Expect(200);
        (await ForAssertionAsync(key, made.Text("keyId"), machine.Id)).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_service_account_may_bring_its_own_public_key()
    {
        var machine = await Admin.NewMachineAsync();
        var pem = Convert.ToBase64String(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()));
        var expirationDate = DateTimeOffset.UtcNow.AddHours(1);
        var added = (await Admin.PostAsync($"/v2/users/{machine.Id}/keys", new { expirationDate, publicKey = pem })).Expect(200);
        Assert.False(added.Has("keyContent"));
        var assertion = Jwt.Sign(
            _key,
            added.Text("keyId"),
            new
            {
                iss = machine.Id,
                sub = machine.Id,
                aud = Issuer,
                exp = Jwt.Now + 60,
            }
        );
        (await ForAssertionAsync(assertion)).Expect(200);
        (await ForAssertionAsync(assertion)).Expect(200);
        string LivingFor(int hours) =>
            Jwt.Sign(
                _key,
                added.Text("keyId"),
                new
                {
                    iss = machine.Id,
                    sub = machine.Id,
                    aud = Issuer,
                    exp = Jwt.Now + (hours * 3600),
                }
            );
        (await ForAssertionAsync(LivingFor(23))).Expect(200);
        string[] bad =
        [
            LivingFor(25),
            Jwt.Sign(
                _key,
                added.Text("keyId"),
                new
                {
                    iss = machine.Id,
                    sub = machine.Id,
                    aud = $"{Issuer}/",
                    exp = Jwt.Now + 60,
                }
            ),
            Jwt.Sign(
                _key,
                added.Text("keyId"),
                new
                {
                    iss = machine.Id,
                    sub = machine.Id,
                    aud = Issuer,
                    exp = $"{Jwt.Now + 60}",
                }
            ),
            Jwt.Sign(
                _key,
                Critical(added.Text("keyId")),
                new
                {
                    iss = machine.Id,
                    sub = machine.Id,
                    aud = Issuer,
                    exp = Jwt.Now + 60,
                }
            ),
        ];
        foreach (var refused in bad)
        {
            (await ForAssertionAsync(refused)).ExpectOAuth(400, "invalid_grant");
        }

        using var weak = RSA.Create(1024);
        foreach (var unfit in new[] { weak.ExportSubjectPublicKeyInfoPem(), "nonsense" })
        {
            (
                await Admin.PostAsync(
                    $"/v2/users/{machine.Id}/keys",
                    new { expirationDate, publicKey = Convert.ToBase64String(Encoding.UTF8.GetBytes(unfit)) }
                )
            ).Expect(new Failure(400, 3, "COMMAND-Key01", "The public key must be an RSA key of 2048 to 8192 bits in PEM format"));
        }
    }

    [Fact]
    public async Task Credentials_of_a_client_beside_an_assertion_must_be_right_too()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var machine = await Admin.NewMachineAsync();
        var pem = Convert.ToBase64String(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()));
        var keyId = (
            await Admin.PostAsync(
                $"/v2/users/{machine.Id}/keys",
                new { expirationDate = DateTimeOffset.UtcNow.AddHours(1), publicKey = pem }
            )
        )
            .Expect(200)
            .Text("keyId");
        Task<Reply> WithAsync(params (string, string?)[] credentials) =>
            Admin
                .As(null)
                .PostFormAsync(
                    "/oauth/v2/token",
                    [
                        ("grant_type", JwtBearer),
                        (
                            "assertion",
                            Jwt.Sign(
                                _key,
                                keyId,
                                new
                                {
                                    iss = machine.Id,
                                    sub = machine.Id,
                                    aud = Issuer,
                                    jti = Guid.NewGuid(),
                                    exp = Jwt.Now + 60,
                                }
                            )
                        ),
                        .. credentials,
                    ]
                );

        (await WithAsync(("client_id", client.Id), ("client_secret", "wrong"))).ExpectOAuth(401, "invalid_client");
        (await WithAsync(("client_id", "nobody"), ("client_secret", client.Secret))).ExpectOAuth(401, "invalid_client");
        (await WithAsync(("client_id", client.Id), ("client_secret", client.Secret))).Expect(200);
        (await WithAsync(("client_id", machine.Id))).Expect(200);
        (await WithAsync()).Expect(200);
    }

    [Fact]
    public async Task A_service_account_does_not_pass_for_a_client_of_its_name()
    {
        var machine = await Admin.NewMachineAsync();
        var pem = Convert.ToBase64String(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()));
        var keyId = (
            await Admin.PostAsync(
                $"/v2/users/{machine.Id}/keys",
                new { expirationDate = DateTimeOffset.UtcNow.AddHours(1), publicKey = pem }
            )
        )
            .Expect(200)
            .Text("keyId");
        (await ForAssertionAsync(_key, keyId, machine.Id)).Expect(200);
        (
            await Admin.PostAsync(
                "/v2/oidc/clients",
                new { clientId = machine.Id, settings = new { redirectUris = new[] { RelyingParty.RedirectUri } } }
            )
        ).Expect(201);
        await Eventually.StatusAsync(400, () => ForAssertionAsync(_key, keyId, machine.Id), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task How_a_client_proves_itself_can_change()
    {
        var client = await RelyingParty.RegisterPublicAsync(Admin);
        var path = $"/v2/oidc/clients/{client.Id}";
        object Settings(string authentication, string? jsonWebKeys = null) =>
            new
            {
                settings = new
                {
                    authentication = $"CLIENT_AUTHENTICATION_{authentication}",
                    redirectUris = new[] { RelyingParty.RedirectUri },
                    jsonWebKeys,
                },
            };
        var secret = (await Admin.PutAsync(path, Settings("SECRET_BASIC"))).Expect(200).Text("clientSecret");
        Assert.False((await Admin.PutAsync(path, Settings("SECRET_BASIC"))).Expect(200).Has("clientSecret"));
        var confidential = new RelyingParty(Admin, client.Id, secret);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        await Eventually.StatusAsync(
            200,
            async () => await confidential.RedeemAsync(await confidential.CodeAsync(session)),
            TimeSpan.FromSeconds(1)
        );

        (await Admin.PutAsync(path, Settings("PRIVATE_KEY_JWT", KeySet(_key)))).Expect(200);
        await Eventually.StatusAsync(
            401,
            async () => await confidential.RedeemAsync(await confidential.CodeAsync(session)),
            TimeSpan.FromSeconds(1)
        );
        (await RedeemAsync(client, session, Assertion(_key, client.Id, Issuer))).Expect(200);
    }

    [Fact]
    public async Task Credentials_of_machines_are_made_by_whoever_has_their_rights()
    {
        var owner = await Admin.NewMachineAsync("IAM_OWNER");
        var manager = await Admin.NewMachineAsync("IAM_USER_MANAGER");
        var human = await Admin.NewHumanAsync();
        var expirationDate = DateTimeOffset.UtcNow.AddHours(1);
        (await manager.Api.PostAsync($"/v2/users/{owner.Id}/secret")).Expect(Failures.NoPermission);
        (await manager.Api.PostAsync($"/v2/users/{owner.Id}/keys", new { expirationDate })).Expect(Failures.NoPermission);
        (await Admin.PostAsync($"/v2/users/{human.Id}/secret")).Expect(new Failure(400, 9, "COMMAND-bs3fj", "User is not a machine"));
        (await Admin.DeleteAsync($"/v2/users/{owner.Id}/secret")).Expect(new Failure(404, 5, "COMMAND-coi82n", "User has no secret"));
    }

    /// <summary>A header with a critical extension (RFC 7515 §4.1.11) that the service does not understand.</summary>
    private static object Critical(string keyId) =>
        new
        {
            alg = "RS256",
            typ = "JWT",
            kid = keyId,
            crit = new[] { "x" },
            x = true,
        };

    private static string Assertion(RSA key, string clientId, string audience, int age = 0) =>
        Jwt.Sign(
            key,
            "k1",
            new
            {
                iss = clientId,
                sub = clientId,
                aud = audience,
                jti = Guid.NewGuid(),
                iat = Jwt.Now - age,
                exp = Jwt.Now - age + 300,
            }
        );

    private static string KeySet(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = "k1",
                        n = Base64Url.EncodeToString(parameters.Modulus),
                        e = Base64Url.EncodeToString(parameters.Exponent),
                    },
                },
            }
        );
    }

    private static async Task<Reply> RedeemAsync(RelyingParty client, OpenSession session, string assertion) =>
        await client.Anonymous.PostFormAsync(
            "/oauth/v2/token",
            ("grant_type", "authorization_code"),
            ("client_id", client.Id),
            ("code", await client.CodeAsync(session)),
            ("redirect_uri", RelyingParty.RedirectUri),
            ("client_assertion_type", AssertionType),
            ("client_assertion", assertion)
        );

    private Task<Reply> ForSecretAsync(Machine machine, string secret, string scope) =>
        Admin
            .As(null)
            .PostFormAsync(
                "/oauth/v2/token",
                ("grant_type", "client_credentials"),
                ("client_id", machine.LoginName),
                ("client_secret", secret),
                ("scope", scope)
            );

    private Task<Reply> ForAssertionAsync(RSA key, string keyId, string userId) =>
        ForAssertionAsync(
            Jwt.Sign(
                key,
                keyId,
                new
                {
                    iss = userId,
                    sub = userId,
                    aud = Issuer,
                    jti = Guid.NewGuid(),
                    iat = Jwt.Now,
                    exp = Jwt.Now + 3600,
                }
            )
        );

    private Task<Reply> ForAssertionAsync(string assertion) =>
        Admin
            .As(null)
            .PostFormAsync(
                "/oauth/v2/token",
                ("grant_type", JwtBearer),
                ("scope", $"openid {RelyingParty.ApiScope}"),
                ("assertion", assertion)
            );
}

public sealed class ClientProofTestsOnSqlite(SqliteHost host) : ClientProofTests(host);

public sealed class ClientProofTestsOnPostgreSql(PostgreSqlHost host) : ClientProofTests(host);
