using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What the registration of a client can say about keys and audiences elsewhere, and what it tells the administrator.</summary>
public sealed class RegistrationHelpTests(SqliteHost host) : ContractTests(host)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string ClientCredentials = "client_credentials";

    private string Issuer => Admin.Host.Address.GetLeftPart(UriPartial.Authority);

    [Theory, InlineData("ACCESS_TOKEN_TYPE_OPAQUE"), InlineData("ACCESS_TOKEN_TYPE_JWT")]
    public async Task Tokens_are_for_the_audiences_of_the_registration_whatever_the_login_asks_for(string type)
    {
        const string Payments = "https://payments.example/api";
        var api = await RelyingParty.RegisterAsync(Admin);
        var client = await RelyingParty.RegisterAsync(Admin, ("audiences", new[] { api.Id, Payments }), ("accessTokenType", type));

        var tokens = await client.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()), "openid");

        Assert.Equal("openid", tokens.Text("scope"));
        Assert.True(await api.IsActiveAsync(tokens.Text("access_token")));
        var told = (await client.PostAsync("/oauth/v2/introspect", ("token", tokens.Text("access_token")))).Expect(200);
        Assert.Equal([client.Id, api.Id, Payments], told["aud"]!.AsArray().Select(audience => audience!.GetValue<string>()));
    }

    [Fact]
    public async Task A_key_of_too_few_bits_is_not_registered_and_proves_nobody()
    {
        using var weak = RSA.Create(1024);
        var numbers = weak.ExportParameters(includePrivateParameters: false);
        var (n, e) = (Base64Url.EncodeToString(numbers.Modulus!), Base64Url.EncodeToString(numbers.Exponent!));
        var set = new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["n"] = n,
                    ["e"] = e,
                }
            ),
        };
        var settings = new
        {
            authentication = "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT",
            redirectUris = new[] { RelyingParty.RedirectUri },
            jsonWebKeys = set.ToJsonString(),
        };
        var unfit = (await Admin.PostAsync("/v2/oidc/clients", new { settings })).Expect(400);
        Assert.Contains("2048 bits", unfit.Text("message"), StringComparison.Ordinal);
        Assert.Equal("jsonWebKeys", unfit.Text("details.1.fieldViolations.0.field"));

        // At an address of its own a client can have such a key all the same.
        await using var published = new OidcStub();
        published.Key = key =>
        {
            key["n"] = n;
            key["e"] = e;
        };
        var client = await RegisterAsync(("jwksUri", $"{published.Issuer}/keys"));
        var signed = $"{Part(new JsonObject { ["alg"] = "RS256" })}.{Part(Claims(client))}";
        var signature = weak.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var refused = await TokenAsync(client, $"{signed}.{Base64Url.EncodeToString(signature)}");

        refused.ExpectOAuth(401, "invalid_client");

        static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    [Fact]
    public async Task No_registration_gives_the_rights_of_the_api_by_an_audience()
    {
        var refused = await Admin.PostAsync(
            "/v2/oidc/clients",
            new { settings = new { redirectUris = new[] { RelyingParty.RedirectUri }, audiences = new[] { "zitadel" } } }
        );

        Assert.StartsWith("audiences", refused.Expect(400).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_at_an_address_of_the_client_are_fetched_and_fetched_again_when_they_change()
    {
        await using var published = new OidcStub();
        var client = await RegisterAsync(("jwksUri", $"{published.Issuer}/keys"));

        (await TokenAsync(client, published.Sign(Claims(client)))).Expect(200);
        (await TokenAsync(client, published.Forge(Claims(client)))).ExpectOAuth(401, "invalid_client");
        published.RotateKey();
        await Eventually.StatusAsync(200, () => TokenAsync(client, published.Sign(Claims(client))), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Keys_that_cannot_be_fetched_are_said_to_be_away()
    {
        await using var published = new OidcStub();
        var client = await RegisterAsync(("jwksUri", $"http://127.0.0.1:{Ports.Next()}/keys"));

        var refused = (await TokenAsync(client, published.Sign(Claims(client)))).ExpectOAuth(401, "invalid_client");

        Assert.Contains("jwksUri", refused.Text("error_description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redirect")]
    [InlineData("too large")]
    [InlineData("no key set")]
    [InlineData("error")]
    public async Task An_address_that_answers_with_something_else_has_no_keys(string answer)
    {
        await using var published = new OidcStub();
        published.Instead = async (_, response) =>
        {
            switch (answer)
            {
                case "redirect":
                    response.StatusCode = 302;
                    response.RedirectLocation = $"{published.Issuer}/elsewhere";
                    break;
                case "too large":
                    await response.OutputStream.WriteAsync(new byte[128 * 1024]);
                    break;
                case "no key set":
                    await response.OutputStream.WriteAsync("nonsense"u8.ToArray());
                    break;
                default:
                    response.StatusCode = 503;
                    break;
            }

            return true;
        };
        var client = await RegisterAsync(("jwksUri", $"{published.Issuer}/keys"));

        var refused = (await TokenAsync(client, published.Sign(Claims(client)))).ExpectOAuth(401, "invalid_client");

        Assert.Contains("jwksUri", refused.Text("error_description"), StringComparison.Ordinal);
        Assert.DoesNotContain("/elsewhere", published.Asked);
    }

    [Fact]
    public async Task The_keys_of_this_service_itself_prove_no_client()
    {
        var client = await RegisterAsync(("jwksUri", $"{Issuer}/oauth/v2/keys"));
        var other = await RelyingParty.RegisterAsync(Admin);
        var tokens = await other.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));

        var refused = await TokenAsync(client, tokens.Text("id_token"));

        Assert.True(refused.Status is 400 or 401 && refused.Has("error"), refused.Explain("a refusal"));
    }

    [Fact]
    public async Task A_key_set_may_be_sent_as_json_itself()
    {
        const string Set =
            """{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";

        var client = await RegisterAsync(("jsonWebKeys", JsonNode.Parse(Set)));

        var stored = (await Admin.GetAsync($"/v2/oidc/clients/{client.Id}")).Expect(200).Text("client.settings.jsonWebKeys");
        Assert.Equal(Set, stored);
    }

    [Theory]
    [InlineData("https://*.example.com/signin")]
    [InlineData("https://shop.example/*")]
    public async Task A_wildcard_is_refused_by_its_rule(string address)
    {
        var refused = await Admin.PostAsync("/v2/oidc/clients", new { settings = new { redirectUris = new[] { address } } });

        Assert.Contains("wildcard", refused.Expect(400).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_warns_of_what_will_not_work()
    {
        var created = await Admin.PostAsync(
            "/v2/oidc/clients",
            new
            {
                settings = new
                {
                    redirectUris = new[] { RelyingParty.RedirectUri },
                    scopes = new[] { "offline_access", RelyingParty.AudienceScope("nobody") },
                    backchannelLogoutUri = "http://192.168.2.50/logout",
                },
            }
        );

        var warnings = created.Expect(201)["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()).ToList();
        Assert.Equal(3, warnings.Count);
        Assert.Contains(warnings, warning => warning.Contains("refresh_token", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.StartsWith("backchannelLogoutUri", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.EndsWith(" nobody.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registration_that_works_has_no_warnings()
    {
        var api = await RelyingParty.RegisterAsync(Admin);

        var created = await Admin.PostAsync(
            "/v2/oidc/clients",
            new
            {
                settings = new
                {
                    redirectUris = new[] { RelyingParty.RedirectUri },
                    audiences = new[] { api.Id },
                    scopes = new[] { RelyingParty.ApiScope },
                },
            }
        );

        Assert.False(created.Expect(201).Has("warnings.0"));
    }

    private Task<RelyingParty> RegisterAsync((string, object?) keys) =>
        RelyingParty.RegisterAsync(
            Admin,
            ("authentication", "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT"),
            ("grantTypes", new[] { ClientCredentials }),
            ("redirectUris", Array.Empty<string>()),
            ("postLogoutRedirectUris", Array.Empty<string>()),
            keys
        );

    private JsonObject Claims(RelyingParty client) =>
        new()
        {
            ["iss"] = client.Id,
            ["sub"] = client.Id,
            ["aud"] = Issuer,
            ["iat"] = Jwt.Now,
            ["exp"] = Jwt.Now + 60,
        };

    private static Task<Reply> TokenAsync(RelyingParty client, string assertion) =>
        client.Anonymous.PostFormAsync(
            "/oauth/v2/token",
            ("grant_type", ClientCredentials),
            ("client_id", client.Id),
            ("client_assertion_type", AssertionType),
            ("client_assertion", assertion)
        );
}
