using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the plan "dynamic": relying parties that register themselves (OpenID Connect Registration 1.0).</summary>
public static class DynamicModules
{
    private const string Path = "/oauth/v2/register";
    private const string Page = "https://app.example/page";
    private const string NoRequestAddress = "request objects come with the request or are pushed, and are not fetched from addresses";

    private static readonly (string Name, JsonNode? Value)[] s_refreshing =
    [
        ("grant_types", new JsonArray("authorization_code", "refresh_token")),
    ];

    /// <summary>The modules, in the order of the plan.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        new("oidcc-idtoken-rs256", login => ServerAsync(login, ("id_token_signed_response_alg", "RS256"))),
        new("oidcc-idtoken-unsigned", null) { Skipped = "id tokens are always signed" },
        new("oidcc-userinfo-rs256", SignedUserInfoAsync),
        new("oidcc-ensure-redirect-uri-in-authorization-request", login => IsRefusedAsync(login, null)),
        new("oidcc-redirect-uri-query-OK", QueryAsync),
        new("oidcc-redirect-uri-query-mismatch", login =>
            IsRefusedAsync(login, "?bar=foo", ("redirect_uris", new JsonArray($"{RelyingParty.RedirectUri}?foo=bar")))
        ),
        new("oidcc-redirect-uri-query-added", login => IsRefusedAsync(login, "?foo=bar")),
        new("oidcc-redirect-uri-regfrag", login =>
            IsNotRegisteredAsync(login, "invalid_redirect_uri", ("redirect_uris", new JsonArray($"{RelyingParty.RedirectUri}#foo")))
        ),
        new("oidcc-discovery-endpoint-verification", DiscoveryAsync),
        new("oidcc-server", login => ServerAsync(login)),
        new("oidcc-registration-logo-uri", login => IsKeptAsync(login, "logo_uri")),
        new("oidcc-registration-policy-uri", login => IsKeptAsync(login, "policy_uri")),
        new("oidcc-registration-tos-uri", login => IsKeptAsync(login, "tos_uri")),
        new("oidcc-registration-jwks-uri", KeyAddressAsync),
        new("oidcc-registration-sector-uri", null) { Skipped = "every client knows a person by the same subject" },
        new("oidcc-registration-sector-bad", login =>
            IsNotRegisteredAsync(login, "invalid_client_metadata", ("sector_identifier_uri", "https://elsewhere.example/none.json"))
        ),
        new("oidcc-server-rotate-keys", RotateKeysAsync),
        new("oidcc-refresh-token-rp-key-rotation", KeyRotationAsync),
        new("oidcc-request-uri-unsigned", null) { Skipped = NoRequestAddress },
        new("oidcc-request-uri-signed-rs256", null) { Skipped = NoRequestAddress },
        new("oidcc-ensure-request-object-with-redirect-uri", RequestObjectAsync),
        new("oidcc-refresh-token", RefreshTokenAsync),
        new("oidcc-ensure-client-assertion-with-iss-aud-succeeds", AssertionAsync),
    ];

    /// <summary>The answer to a registration with these members of the metadata.</summary>
    private static async Task<Reply> AskAsync(Conversation login, params (string Name, JsonNode? Value)[] members)
    {
        var token = (await login.Admin.PostAsync("/v2/oidc/initial_access_tokens", new { uses = 1 })).Expect(201).Text("token");
        var metadata = new JsonObject { ["redirect_uris"] = new JsonArray(RelyingParty.RedirectUri) };
        foreach (var (name, value) in members)
        {
            metadata[name] = value?.DeepClone();
        }

        return await login.Admin.As(token).PostAsync(Path, metadata);
    }

    /// <summary>Registers a relying party, with which the conversation goes on.</summary>
    private static async Task<Reply> RegisterAsync(Conversation login, params (string Name, JsonNode? Value)[] members)
    {
        var registered = (await AskAsync(login, members)).Expect(201);
        login.Use(new RelyingParty(login.Admin, registered.Text("client_id"), registered["client_secret"]?.GetValue<string>()));
        return registered;
    }

    private static async Task ServerAsync(Conversation login, params (string Name, JsonNode? Value)[] members)
    {
        await RegisterAsync(login, members);
        await login.UserInfoAsync(await login.SignInAsync());
    }

    private static async Task SignedUserInfoAsync(Conversation login)
    {
        await RegisterAsync(login, ("userinfo_signed_response_alg", "RS256"));
        var tokens = await login.SignInAsync();

        var info = (await login.Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200);

        Assert.StartsWith("application/jwt", info.Header("Content-Type"), StringComparison.Ordinal);
        var claims = await Jwt.VerifyAsync(login.Admin, info.Body, "JWT");
        Assert.Equal(
            (login.Issuer, login.Client.Id, login.Human.Id),
            (claims["iss"]!.GetValue<string>(), claims["aud"]!.GetValue<string>(), claims["sub"]!.GetValue<string>())
        );
    }

    private static async Task QueryAsync(Conversation login)
    {
        const string Address = $"{RelyingParty.RedirectUri}?foo=bar";
        await RegisterAsync(login, ("redirect_uris", new JsonArray(Address)));

        var answer = await login.AuthorizeAsync(("redirect_uri", Address));

        Assert.Equal("bar", answer["foo"]);
        await login.CheckedAsync(await login.Client.RedeemAsync(Conversation.CodeOf(answer), redirectUri: Address));
    }

    /// <summary>A request with this added to the redirect address, or without an address, is answered with a page, not elsewhere.</summary>
    private static async Task IsRefusedAsync(Conversation login, string? added, params (string Name, JsonNode? Value)[] members)
    {
        await RegisterAsync(login, members);

        var address = added is null ? null : $"{RelyingParty.RedirectUri}{added}";
        var reply = await login.Client.AuthorizeAsync(login.Request(("redirect_uri", address)));

        Assert.Null(reply.Expect(400).Header("Location"));
    }

    private static async Task IsNotRegisteredAsync(Conversation login, string error, (string Name, JsonNode? Value) member) =>
        (await AskAsync(login, member)).ExpectOAuth(400, error);

    private static async Task DiscoveryAsync(Conversation login)
    {
        var metadata = (await login.Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.Equal($"{login.Issuer}{Path}", metadata.Text("registration_endpoint"));
    }

    private static async Task IsKeptAsync(Conversation login, string member)
    {
        var registered = await RegisterAsync(login, (member, Page));

        Assert.Equal(Page, registered.Text(member));
        await login.SignInAsync();
    }

    private static async Task RotateKeysAsync(Conversation login)
    {
        await RegisterAsync(login);
        var before = await KeyIdsAsync(login);

        (await login.Admin.PostAsync("/v2/signing_keys/rotate", new { purpose = "SIGNING_KEY_PURPOSE_TOKENS" })).Expect(200);

        var after = await KeyIdsAsync(login);
        Assert.NotEmpty(after.Except(before));
        Assert.Empty(before.Except(after));
        await login.SignInAsync();
    }

    private static async Task<IReadOnlyList<string>> KeyIdsAsync(Conversation login) =>
        (await login.Admin.As(null).GetAsync("/oauth/v2/keys")).Expect(200).Texts("keys", "kid");

    private static async Task RequestObjectAsync(Conversation login)
    {
        using var key = new RequestKey();
        await RegisterAsync(login, ("request_object_signing_alg", "RS256"), ("jwks", JsonNode.Parse(key.KeySet)));

        await BasicModules.RequestObjectRedirectAsync(login, key);
    }

    private static async Task RefreshTokenAsync(Conversation login)
    {
        await RegisterAsync(login, s_refreshing);
        var tokens = await login.SignInAsync(("scope", "openid offline_access"));

        var refreshed = await login.CheckedAsync(await login.Client.RefreshAsync(tokens.Text("refresh_token")));

        Assert.NotEqual(tokens.Text("access_token"), refreshed.Text("access_token"));
        await login.UserInfoAsync(refreshed);
        await RegisterAsync(login, s_refreshing);
        (await login.Client.RefreshAsync(refreshed.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
    }

    private static async Task AssertionAsync(Conversation login)
    {
        using var key = new ProofKey();
        await RegisterAsync(
            login,
            ("token_endpoint_auth_method", "private_key_jwt"),
            ("jwks", new JsonObject { ["keys"] = new JsonArray(key.Public) })
        );

        await login.CheckedAsync(await RedeemAsync(login, key.AssertionFor(login.Client.Id, login.Issuer)));
    }

    /// <summary>The keys are at an address of the relying party.</summary>
    private static async Task KeyAddressAsync(Conversation login)
    {
        await using var published = new OidcStub();
        await RegisterAsync(login, Published(published));

        await login.CheckedAsync(await RedeemAsync(login, published.Sign(AssertionOf(login))));
    }

    /// <summary>The relying party changes the key at its address between the login and the refresh.</summary>
    private static async Task KeyRotationAsync(Conversation login)
    {
        await using var published = new OidcStub();
        await RegisterAsync(login, [.. s_refreshing, .. Published(published)]);
        var redeemed = await RedeemAsync(login, published.Sign(AssertionOf(login)), ("scope", "openid offline_access"));
        var tokens = await login.CheckedAsync(redeemed);

        published.RotateKey();

        await login.CheckedAsync(
            await ProvedAsync(
                login,
                published.Sign(AssertionOf(login)),
                ("grant_type", RelyingParty.RefreshToken),
                ("refresh_token", tokens.Text("refresh_token"))
            )
        );
    }

    private static (string Name, JsonNode? Value)[] Published(OidcStub keys) =>
        [("token_endpoint_auth_method", "private_key_jwt"), ("jwks_uri", $"{keys.Issuer}/keys")];

    private static JsonObject AssertionOf(Conversation login) =>
        new()
        {
            ["iss"] = login.Client.Id,
            ["sub"] = login.Client.Id,
            ["aud"] = login.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = Jwt.Now,
            ["exp"] = Jwt.Now + 60,
        };

    /// <summary>Redeems the code of a login with these parameters. The assertion says who the relying party is.</summary>
    private static async Task<Reply> RedeemAsync(Conversation login, string assertion, params (string Name, string? Value)[] parameters) =>
        await ProvedAsync(
            login,
            assertion,
            ("grant_type", RelyingParty.AuthorizationCode),
            ("code", Conversation.CodeOf(await login.AuthorizeAsync(parameters))),
            ("redirect_uri", RelyingParty.RedirectUri)
        );

    private static Task<Reply> ProvedAsync(Conversation login, string assertion, params (string Name, string? Value)[] form) =>
        login.Client.Anonymous.PostFormAsync(
            "/oauth/v2/token",
            [.. form, ("client_assertion_type", FapiClient.AssertionType), ("client_assertion", assertion)]
        );
}
