using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the plans "basic" and "form_post": logins with a code.</summary>
public static class BasicModules
{
    /// <summary>An unsigned request object (OpenID Connect Core §6.1).</summary>
    private const string RequestObject = "eyJhbGciOiJub25lIn0.eyJyZXNwb25zZV90eXBlIjoiY29kZSJ9.";

    private static readonly string[] s_profile = ["name", "given_name", "family_name", "preferred_username", "updated_at"];
    private static readonly string[] s_email = ["email", "email_verified"];
    private static readonly string[] s_address = ["address"];
    private static readonly string[] s_phone = ["phone_number", "phone_number_verified"];

    /// <summary>The modules, in the order of the plan.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        new("oidcc-server", async login => await login.UserInfoAsync(await login.SignInAsync())),
        new("oidcc-response-type-missing", ResponseTypeMissingAsync),
        new("oidcc-idtoken-signature", login => login.SignInAsync()),
        new("oidcc-idtoken-unsigned", null) { Skipped = "id tokens are always signed" },
        new("oidcc-userinfo-get", async login => await login.UserInfoAsync(await login.SignInAsync())),
        new("oidcc-userinfo-post-header", login => PostUserInfoAsync(login, isInHeader: true)),
        new("oidcc-userinfo-post-body", login => PostUserInfoAsync(login, isInHeader: false)),
        new("oidcc-ensure-request-without-nonce-succeeds-for-code-flow", WithoutNonceAsync),
        new("oidcc-scope-profile", login => TellsAsync(login, "openid profile", s_profile)),
        new("oidcc-scope-email", login => TellsAsync(login, "openid email", s_email)),
        new("oidcc-scope-address", login => TellsAsync(login, "openid address", s_address)),
        new("oidcc-scope-phone", login => TellsAsync(login, "openid phone", s_phone)),
        new("oidcc-scope-all", login =>
            TellsAsync(login, "openid profile email address phone", [.. s_profile, .. s_email, .. s_address, .. s_phone])
        ),
        new("oidcc-alternate-happy-flow", login => TellsAsync(login, "email openid", s_email)),
        new("oidcc-display-page", login => login.SignInAsync(("display", "page"))),
        new("oidcc-display-popup", login => login.SignInAsync(("display", "popup"))),
        new("oidcc-prompt-login", PromptLoginAsync),
        new("oidcc-prompt-none-not-logged-in", PromptNoneNotLoggedInAsync),
        new("oidcc-prompt-none-logged-in", login => IsNotAskedAgainAsync(login, _ => ("prompt", "none"))),
        new("oidcc-max-age-1", MaxAgeOneAsync),
        new("oidcc-max-age-10000", login => IsNotAskedAgainAsync(login, _ => ("max_age", "10000"))),
        new("oidcc-ensure-request-with-unknown-parameter-succeeds", login => login.SignInAsync(("extra", "foobar"))),
        new("oidcc-id-token-hint", IdTokenHintAsync),
        new("oidcc-login-hint", login => login.SignInAsync(("login_hint", "buffy@example.com"))),
        new("oidcc-ui-locales", login => login.SignInAsync(("ui_locales", "se"))),
        new("oidcc-claims-locales", login => login.SignInAsync(("claims_locales", "se"))),
        new("oidcc-ensure-request-with-acr-values-succeeds", login => login.SignInAsync(("acr_values", "1 2"))),
        new("oidcc-codereuse", CodeReuseAsync),
        new("oidcc-codereuse-30seconds", LateCodeReuseAsync),
        new("oidcc-ensure-registered-redirect-uri", RegisteredRedirectUriAsync),
        new("oidcc-ensure-post-request-succeeds", PostRequestAsync),
        new("oidcc-server-client-secret-post", SecretPostAsync),
        new("oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported", RequestUriAsync),
        new("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", RequestObjectAsync),
        new("oidcc-claims-essential", ClaimsEssentialAsync),
        new("oidcc-ensure-request-object-with-redirect-uri", RequestObjectRedirectAsync),
        new("oidcc-refresh-token", RefreshTokenAsync),
        new("oidcc-ensure-request-with-valid-pkce-succeeds", PkceAsync),
    ];

    private static async Task ResponseTypeMissingAsync(Conversation login)
    {
        var answer = await login.AuthorizeAsync(("response_type", null));

        Assert.True(answer["error"] is "invalid_request" or "unsupported_response_type", answer["error"]);
    }

    private static async Task PostUserInfoAsync(Conversation login, bool isInHeader)
    {
        var token = (await login.SignInAsync()).Text("access_token");

        var reply = isInHeader
            ? await login.Admin.As(token).PostFormAsync("/oidc/v1/userinfo")
            : await login.Admin.As(null).PostFormAsync("/oidc/v1/userinfo", ("access_token", token));

        Assert.Equal(login.Human.Id, reply.Expect(200).Text("sub"));
    }

    private static async Task WithoutNonceAsync(Conversation login) =>
        Assert.Null(Jwt.Claims((await login.SignInAsync(("nonce", null))).Text("id_token"))["nonce"]);

    private static async Task TellsAsync(Conversation login, string scope, string[] claims)
    {
        var info = await login.UserInfoAsync(await login.SignInAsync(("scope", scope)));

        Assert.All(claims, claim => Assert.True(info.Has(claim), info.Explain(claim)));
    }

    private static async Task PromptLoginAsync(Conversation login)
    {
        var first = await login.SignInAsync();

        var second = await login.SignInAsync(("prompt", "login"));

        Assert.Equal(2, login.Logins);
        Assert.True(Conversation.AuthTimeOf(second) >= Conversation.AuthTimeOf(first));
    }

    private static async Task PromptNoneNotLoggedInAsync(Conversation login) =>
        Assert.Equal("login_required", (await login.AuthorizeAsync(("prompt", "none")))["error"]);

    /// <summary>A second request of the same browser is answered from its session.</summary>
    private static async Task IsNotAskedAgainAsync(Conversation login, params Func<Reply, (string Name, string? Value)>[] parameters)
    {
        var first = await login.SignInAsync();

        var second = await login.SignInAsync([.. parameters.Select(parameter => parameter(first))]);

        Assert.Equal(1, login.Logins);
        Assert.Equal(Conversation.AuthTimeOf(first), Conversation.AuthTimeOf(second));
    }

    private static Task IdTokenHintAsync(Conversation login) =>
        IsNotAskedAgainAsync(login, _ => ("prompt", "none"), first => ("id_token_hint", first.Text("id_token")));

    private static async Task MaxAgeOneAsync(Conversation login)
    {
        var first = await login.SignInAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);

        var second = await login.SignInAsync(("max_age", "1"));

        Assert.Equal(2, login.Logins);
        Assert.True(Conversation.AuthTimeOf(second) > Conversation.AuthTimeOf(first));
    }

    private static async Task CodeReuseAsync(Conversation login)
    {
        var code = Conversation.CodeOf(await login.AuthorizeAsync());
        await login.CheckedAsync(await login.Client.RedeemAsync(code));

        (await login.Client.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");
    }

    /// <summary>The tokens of a code that is used twice are revoked, however late that is. So nothing is gained by waiting here.</summary>
    private static async Task LateCodeReuseAsync(Conversation login)
    {
        var code = Conversation.CodeOf(await login.AuthorizeAsync());
        var tokens = await login.CheckedAsync(await login.Client.RedeemAsync(code));
        await login.UserInfoAsync(tokens);

        (await login.Client.RedeemAsync(code)).ExpectOAuth(400, "invalid_grant");

        (await login.Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(401);
    }

    private static async Task RegisteredRedirectUriAsync(Conversation login)
    {
        var reply = await login.Client.AuthorizeAsync(login.Request(("redirect_uri", $"{RelyingParty.RedirectUri}/other")));

        Assert.Null(reply.Expect(400).Header("Location"));
        Assert.DoesNotContain($"action=\"{RelyingParty.RedirectUri}", reply.Body, StringComparison.Ordinal);
    }

    private static async Task PostRequestAsync(Conversation login)
    {
        var reply = await login.Client.Anonymous.PostFormAsync(
            "/oauth/v2/authorize",
            [
                ("client_id", login.Client.Id),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("response_type", "code"),
                ("scope", "openid"),
                .. login.Request(),
            ]
        );

        await login.CheckedAsync(await login.Client.RedeemAsync(Conversation.CodeOf(await login.FollowAsync(reply))));
    }

    private static async Task SecretPostAsync(Conversation login)
    {
        await login.UseAsync(("authentication", "CLIENT_AUTHENTICATION_SECRET_POST"));
        var code = Conversation.CodeOf(await login.AuthorizeAsync());

        await login.CheckedAsync(
            await login.Client.Anonymous.PostFormAsync(
                "/oauth/v2/token",
                ("grant_type", RelyingParty.AuthorizationCode),
                ("code", code),
                ("redirect_uri", RelyingParty.RedirectUri),
                ("client_id", login.Client.Id),
                ("client_secret", login.Client.Secret)
            )
        );
    }

    private static async Task RequestObjectAsync(Conversation login) =>
        Assert.Equal("request_not_supported", (await login.AuthorizeAsync(("request", RequestObject)))["error"]);

    private static async Task RequestObjectRedirectAsync(Conversation login)
    {
        using var key = new RequestKey();
        await login.UseAsync(key.Settings);

        await RequestObjectRedirectAsync(login, key);
    }

    /// <summary>The address in the object counts, and the one beside it does not. The relying party has the key.</summary>
    public static async Task RequestObjectRedirectAsync(Conversation login, RequestKey key)
    {
        var claims = login.Request().Select(parameter => (parameter.Name, (JsonNode?)parameter.Value)).ToArray();

        var answer = await login.AuthorizeAsync(
            ("request", key.Sign(login.Client, claims)),
            ("redirect_uri", "https://elsewhere.example/callback")
        );

        await login.CheckedAsync(await login.Client.RedeemAsync(Conversation.CodeOf(answer)));
    }

    private static async Task RequestUriAsync(Conversation login)
    {
        var answer = await login.AuthorizeAsync(("request_uri", "https://elsewhere.example/request.jwt"));

        Assert.True(answer["error"] is "request_uri_not_supported" or "invalid_request_uri" or "invalid_request", answer["error"]);
    }

    private static async Task ClaimsEssentialAsync(Conversation login)
    {
        var tokens = await login.SignInAsync(("claims", """{"userinfo":{"name":{"essential":true}}}"""));

        Assert.True((await login.UserInfoAsync(tokens)).Has("name"));
    }

    private static async Task RefreshTokenAsync(Conversation login)
    {
        var tokens = await login.SignInAsync(("scope", "openid offline_access"));

        var refreshed = await login.CheckedAsync(await login.Client.RefreshAsync(tokens.Text("refresh_token")));

        Assert.NotEqual(tokens.Text("access_token"), refreshed.Text("access_token"));
        Assert.Null(Jwt.Claims(refreshed.Text("id_token"))["nonce"]);
        Assert.Equal(Conversation.AuthTimeOf(tokens), Conversation.AuthTimeOf(refreshed));
        await login.UserInfoAsync(refreshed);
        await login.UseAsync();
        (await login.Client.RefreshAsync(refreshed.Text("refresh_token"))).ExpectOAuth(400, "invalid_grant");
    }

    private static async Task PkceAsync(Conversation login)
    {
        var pkce = Pkce.Create();
        var code = Conversation.CodeOf(await login.AuthorizeAsync(pkce.Challenge));

        await login.CheckedAsync(await login.Client.RedeemAsync(code, pkce.Verifier));
    }
}
