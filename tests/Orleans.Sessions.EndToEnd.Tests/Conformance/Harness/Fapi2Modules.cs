using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// The modules of the FAPI 2.0 security profile, with assertions and DPoP. <c>MutualTlsTests</c> shows the same profile with certificates.
/// </summary>
public static partial class Fapi2Modules
{
    private const string Prefix = "fapi2-security-profile-final-";
    private const string InvalidGrant = "invalid_grant";
    private const string InvalidRequest = "invalid_request";
    private const string InvalidClient = "invalid_client";
    private const string Slow = "it would wait for a minute or more";

    /// <summary>What only OpenID Connect has.</summary>
    private static readonly string[] s_ofOpenId =
    [
        "ensure-authorization-request-without-nonce-success",
        "ensure-authorization-request-with-64-char-nonce-success",
        "ensure-authorization-request-with-long-nonce",
        "ensure-different-nonce-inside-and-outside-request-object",
        "ensure-other-scope-order-succeeds",
        "test-claims-parameter-identity-claims",
        "refresh-token",
    ];

    /// <summary>The modules, in the order of the plan. Without a conversation there is a reason why a module is skipped.</summary>
    private static readonly (string Name, Func<FapiClient, Task>? RunAsync, string? Skipped)[] s_modules =
    [
        ("discovery-end-point-verification", DiscoveryAsync, null),
        ("happy-flow", fapi => fapi.SignInAsync(), null),
        ("user-rejects-authentication", UserRejectsAsync, null),
        ("ensure-authorization-request-without-state-success", WithoutStateAsync, null),
        ("ensure-authorization-request-without-nonce-success", WithoutNonceAsync, null),
        ("ensure-authorization-request-with-64-char-nonce-success", fapi => NonceAsync(fapi, new string('n', 64)), null),
        ("ensure-other-scope-order-succeeds", fapi => fapi.SignInAsync(("scope", "offline_access email openid")), null),
        ("test-claims-parameter-identity-claims", ClaimsAsync, null),
        ("access-token-type-header-case-sensitivity", SchemeCaseAsync, null),
        ("check-dpop-proof-nbf-exp", fapi => ProofAsync(fapi, ("nbf", Jwt.Now - 5), ("exp", Jwt.Now + 60)), null),
        ("ensure-dpopproof-with-iat-10seconds-before-succeeds", fapi => ProofAsync(fapi, ("iat", Jwt.Now - 10)), null),
        ("ensure-dpopproof-with-iat-10seconds-after-succeeds", fapi => ProofAsync(fapi, ("iat", Jwt.Now + 10)), null),
        ("ensure-mismatched-dpop-jkt-fails", MismatchedKeyAsync, null),
        ("ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt", fapi => OtherKeyAsync(fapi, isProved: true), null),
        ("ensure-token-endpoint-fails-with-mismatched-dpop-jkt", fapi => OtherKeyAsync(fapi, isProved: false), null),
        ("ensure-dpopproof-at-par-endpoint-binding-success", ProvedKeyAsync, null),
        ("ensure-dpop-auth-code-binding-success", fapi => fapi.SignInAsync(("dpop_jkt", fapi.Key.Thumbprint)), null),
        ("ensure-different-nonce-inside-and-outside-request-object", OtherNonceAsync, null),
        ("ensure-different-state-inside-and-outside-request-object", OtherStateAsync, null),
        ("ensure-authorization-request-with-long-nonce", fapi => NonceAsync(fapi, new string('n', 384)), null),
        ("ensure-authorization-request-with-long-state", LongStateAsync, null),
        ("state-only-outside-request-object-not-used", StateOutsideAsync, null),
        ("ensure-request-object-without-redirect-uri-fails", WithoutRedirectUriAsync, null),
        ("ensure-registered-redirect-uri", fapi => IsNotPushedAsync(fapi, ("redirect_uri", $"{RelyingParty.RedirectUri}/other")), null),
        ("plain-fapi-tolerate-unregistered-redirect-uri", null, "redirect addresses must be registered"),
        ("ensure-unsigned-authorization-request-without-using-par-fails", WithoutPushAsync, null),
        ("ensure-redirect-uri-in-authorization-request", fapi => IsNotPushedAsync(fapi, ("redirect_uri", "")), null),
        ("ensure-response-type-code-idtoken-fails", fapi => IsNotPushedAsync(fapi, ("response_type", "code id_token")), null),
        ("ensure-response-type-token-fails", fapi => IsNotPushedAsync(fapi, ("response_type", "token")), null),
        ("ensure-client-id-in-token-endpoint", ClientIdAsync, null),
        ("ensure-holder-of-key-required", HolderOfKeyAsync, null),
        ("ensure-authorization-code-is-bound-to-client", CodeOfOtherAsync, null),
        ("attempt-reuse-authorization-code-after-one-second", CodeReuseAsync, null),
        ("ensure-token-endpoint-fails-with-expired-auth-code", null, Slow),
        ("ensure-signed-client-assertion-with-RS256-fails", WeakAssertionAsync, null),
        ("ensure-client-assertion-in-token-endpoint", WithoutAssertionAsync, null),
        (
            "ensure-client-assertion-with-exp-is-5-minutes-in-past-fails",
            fapi => IsNotProvedAsync(fapi, ("iat", Jwt.Now - 360), ("exp", Jwt.Now - 300)),
            null
        ),
        ("ensure-client-assertion-with-wrong-aud-fails", fapi => IsNotProvedAsync(fapi, ("aud", "https://elsewhere.example")), null),
        ("ensure-client-assertion-with-no-sub-fails", fapi => IsNotProvedAsync(fapi, ("sub", null)), null),
        ("dpop-negative-tests", BadProofsAsync, null),
        ("refresh-token", RefreshTokenAsync, null),
        ("par-ensure-reused-request-uri-prior-to-auth-completion-succeeds", OpenedTwiceAsync, null),
        ("par-attempt-reuse-request_uri", RequestReuseAsync, null),
        ("par-attempt-to-use-expired-request_uri", null, Slow),
        (
            "par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted",
            fapi => IsProvedAsync(fapi, ("nbf", Jwt.Now + 8)),
            null
        ),
        (
            "par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails",
            fapi => IsNotProvedAsync(fapi, ("nbf", Jwt.Now + 90), ("exp", Jwt.Now + 180)),
            null
        ),
        ("par-attempt-to-use-request_uri-for-different-client", RequestOfOtherAsync, null),
        (
            "par-authorization-request-containing-request_uri-form-param",
            fapi => IsNotPushedAsync(fapi, ("request_uri", "urn:ietf:params:oauth:request_uri:one")),
            null
        ),
        ("par-attempt-invalid-http-method", WrongMethodAsync, null),
        ("par-ensure-pkce-required", fapi => IsNotPushedAsync(fapi, ("code_challenge", null), ("code_challenge_method", null)), null),
        ("ensure-pkce-code-verifier-required", fapi => IsNotRedeemedAsync(fapi, ("code_verifier", null)), null),
        ("incorrect-pkce-code-verifier-rejected", fapi => IsNotRedeemedAsync(fapi, ("code_verifier", new string('x', 43))), null),
        ("par-plain-pkce-rejected", fapi => IsNotPushedAsync(fapi, ("code_challenge_method", "plain")), null),
        ("par-without-duplicate-parameters", fapi => fapi.SignInAsync(), null),
        ("par-test-array-as-audience-fails", fapi => IsNotProvedAsync(fapi, ("aud", new JsonArray(fapi.Login.Issuer))), null),
        (
            "par-test-par-endpoint-url-as-audience-fails",
            fapi => IsNotProvedAsync(fapi, ("aud", $"{fapi.Login.Issuer}{FapiClient.PushPath}")),
            null
        ),
        (
            "par-test-token-endpoint-url-as-audience-fails",
            fapi => IsNotProvedAsync(fapi, ("aud", $"{fapi.Login.Issuer}{FapiClient.TokenPath}")),
            null
        ),
    ];

    /// <summary>The modules with OpenID Connect.</summary>
    public static IReadOnlyList<ConformanceModule> OpenId { get; } = [.. s_modules.Select(module => Module(module, isPlain: false))];

    /// <summary>The modules with OAuth alone.</summary>
    public static IReadOnlyList<ConformanceModule> PlainOAuth { get; } =
    [.. s_modules.Where(module => !s_ofOpenId.Contains(module.Name)).Select(module => Module(module, isPlain: true))];

    /// <summary>The modules with OpenID Connect and a client that signs all its requests.</summary>
    public static IReadOnlyList<ConformanceModule> Signing { get; } =
    [.. s_modules.Select(module => Module(module, isPlain: false, isSigning: true))];

    /// <summary>The module with this name, in which a client by the profile takes part.</summary>
    public static ConformanceModule Module(string name, Func<FapiClient, Task> runAsync, bool isPlain, bool isSigning) =>
        new($"{Prefix}{name}", login => RunAsync(login, runAsync, isPlain, isSigning));

    private static ConformanceModule Module(
        (string Name, Func<FapiClient, Task>? RunAsync, string? Skipped) module,
        bool isPlain,
        bool isSigning = false
    ) =>
        module.RunAsync is { } runAsync
            ? Module(module.Name, runAsync, isPlain, isSigning)
            : new ConformanceModule($"{Prefix}{module.Name}", null) { Skipped = module.Skipped };

    private static async Task RunAsync(Conversation login, Func<FapiClient, Task> runAsync, bool isPlain, bool isSigning)
    {
        using var fapi = await FapiClient.RegisterAsync(login, isPlain, isSigning);
        await runAsync(fapi);
    }

    private static async Task DiscoveryAsync(FapiClient fapi)
    {
        var metadata = (await fapi.Login.Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.Equal($"{fapi.Login.Issuer}{FapiClient.PushPath}", metadata.Text("pushed_authorization_request_endpoint"));
        Assert.True(metadata["authorization_response_iss_parameter_supported"]!.GetValue<bool>());
        foreach (
            var (member, value) in new[]
            {
                ("response_types_supported", "code"),
                ("grant_types_supported", "authorization_code"),
                ("code_challenge_methods_supported", "S256"),
                ("token_endpoint_auth_methods_supported", "private_key_jwt"),
                ("token_endpoint_auth_signing_alg_values_supported", "PS256"),
                ("id_token_signing_alg_values_supported", "PS256"),
                ("dpop_signing_alg_values_supported", "ES256"),
            }
        )
        {
            Assert.Contains(value, metadata.Items(member).Select(name => name.GetValue<string>()));
        }
    }

    private static async Task UserRejectsAsync(FapiClient fapi)
    {
        var visit = (await fapi.VisitAsync((await fapi.PushAsync()).Expect(201).Text("request_uri"))).Expect(302);
        var requestId = RelyingParty.QueryOf(new Uri(visit.Header("Location")!))["authRequest"];

        var end = await fapi.Client.CompleteAsync(requestId, new { error = new { error = "ERROR_REASON_ACCESS_DENIED" } });

        Assert.Equal("access_denied", RelyingParty.QueryOf(new Uri(end.Expect(200).Text("callbackUrl")))["error"]);
    }

    private static async Task WithoutStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = null;
        await fapi.SignInAsync(("state", null));
    }

    private static async Task WithoutNonceAsync(FapiClient fapi) =>
        Assert.Null(Jwt.Claims((await fapi.SignInAsync(("nonce", null))).Text("id_token"))["nonce"]);

    private static async Task NonceAsync(FapiClient fapi, string nonce) =>
        Assert.Equal(nonce, Jwt.Claims((await fapi.SignInAsync(("nonce", nonce))).Text("id_token"))["nonce"]!.GetValue<string>());

    private static async Task LongStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = new string('s', 1000);
        await fapi.SignInAsync(("state", fapi.Login.ExpectedState));
    }

    /// <summary>Only what the pushed object contains counts.</summary>
    private static async Task OtherNonceAsync(FapiClient fapi)
    {
        var pushed = await fapi.PushSignedAsync([("nonce", "inside")], ("nonce", "outside"));

        var tokens = await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(pushed)));

        Assert.Equal("inside", Jwt.Claims(tokens.Text("id_token"))["nonce"]!.GetValue<string>());
    }

    private static async Task OtherStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = "inside";
        var pushed = await fapi.PushSignedAsync([("state", "inside")], ("state", "outside"));

        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(pushed)));
    }

    private static async Task StateOutsideAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = null;
        var pushed = (await fapi.PushSignedAsync([("state", null)], ("state", "outside"))).Expect(201).Text("request_uri");

        Conversation.CodeOf(await fapi.Login.FollowAsync(await fapi.VisitAsync(pushed, ("state", "outside"))));
    }

    private static async Task WithoutRedirectUriAsync(FapiClient fapi)
    {
        (await fapi.PushSignedAsync([])).Expect(201);

        var refused = await fapi.PushSignedAsync([("redirect_uri", null)], ("redirect_uri", RelyingParty.RedirectUri));

        Assert.True(refused.Expect(400).Text("error") is InvalidRequest or "invalid_request_object", refused.Body);
    }

    private static async Task ClaimsAsync(FapiClient fapi)
    {
        var tokens = await fapi.SignInAsync(("claims", """{"id_token":{"given_name":null},"userinfo":{"family_name":null}}"""));

        Assert.NotNull(Jwt.Claims(tokens.Text("id_token"))["given_name"]);
        Assert.True((await fapi.ReadAsync(tokens.Text("access_token"))).Expect(200).Has("family_name"));
    }

    private static async Task WithoutPushAsync(FapiClient fapi) =>
        IsRefused(await fapi.Client.AuthorizeAsync(fapi.Pkce.Challenge), InvalidRequest);

    private static async Task OpenedTwiceAsync(FapiClient fapi)
    {
        var pushed = await fapi.PushAsync();
        (await fapi.VisitAsync(pushed.Expect(201).Text("request_uri"))).Expect(302);

        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(pushed)));
    }

    private static async Task RequestReuseAsync(FapiClient fapi)
    {
        var pushed = await fapi.PushAsync();
        await fapi.CodeOfAsync(pushed);

        IsRefused(await fapi.VisitAsync(pushed.Text("request_uri")), InvalidRequest, "invalid_request_uri");
    }

    private static async Task RequestOfOtherAsync(FapiClient fapi)
    {
        var requestUri = (await fapi.PushAsync()).Expect(201).Text("request_uri");
        using var other = await FapiClient.RegisterAsync(fapi.Login, fapi.IsPlain);

        IsRefused(await other.VisitAsync(requestUri), InvalidRequest, "invalid_request_uri");
    }

    private static async Task WrongMethodAsync(FapiClient fapi)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put })
        {
            Assert.InRange((await fapi.Client.Anonymous.SendAsync(method, FapiClient.PushPath, content: null)).Status, 400, 499);
        }
    }

    /// <summary>The pushed request with these changes is refused.</summary>
    private static async Task IsNotPushedAsync(FapiClient fapi, params (string Name, string? Value)[] changes)
    {
        (await fapi.PushAsync()).Expect(201);

        var refusal = (await fapi.PushAsync(changes)).Expect(400);

        Assert.DoesNotMatch($"^({InvalidClient}|server_error)$", refusal.Text("error"));
    }

    private static void IsRefused(Reply reply, params string[] errors)
    {
        if (reply.Status == 302)
        {
            Assert.Contains(RelyingParty.QueryOf(new Uri(reply.Header("Location")!))["error"], errors);
        }
        else
        {
            reply.Expect(400);
        }
    }
}
