using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// The modules of the FAPI 2.0 security profile, with OpenID Connect, assertions and DPoP. <c>MutualTlsTests</c> shows the same profile
/// with certificates.
/// </summary>
public static partial class Fapi2Modules
{
    private const string Prefix = "fapi2-security-profile-final-";
    private const string InvalidGrant = "invalid_grant";
    private const string InvalidRequest = "invalid_request";
    private const string InvalidClient = "invalid_client";
    private const string NoRequestObjects = "there are no request objects";
    private const string Slow = "it would wait for a minute or more";

    /// <summary>The modules, in the order of the plan.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        Module("discovery-end-point-verification", DiscoveryAsync),
        Module("happy-flow", fapi => fapi.SignInAsync()),
        Module("user-rejects-authentication", UserRejectsAsync),
        Module("ensure-authorization-request-without-state-success", WithoutStateAsync),
        Module("ensure-authorization-request-without-nonce-success", WithoutNonceAsync),
        Module("ensure-authorization-request-with-64-char-nonce-success", fapi => NonceAsync(fapi, new string('n', 64))),
        Module("ensure-other-scope-order-succeeds", fapi => fapi.SignInAsync(("scope", "offline_access email openid"))),
        Module("test-claims-parameter-identity-claims", ClaimsAsync),
        Module("access-token-type-header-case-sensitivity", SchemeCaseAsync),
        Module("check-dpop-proof-nbf-exp", fapi => ProofAsync(fapi, ("nbf", Jwt.Now - 5), ("exp", Jwt.Now + 60))),
        Module("ensure-dpopproof-with-iat-10seconds-before-succeeds", fapi => ProofAsync(fapi, ("iat", Jwt.Now - 10))),
        Module("ensure-dpopproof-with-iat-10seconds-after-succeeds", fapi => ProofAsync(fapi, ("iat", Jwt.Now + 10))),
        Module("ensure-mismatched-dpop-jkt-fails", MismatchedKeyAsync),
        Module("ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt", fapi => OtherKeyAsync(fapi, isProved: true)),
        Module("ensure-token-endpoint-fails-with-mismatched-dpop-jkt", fapi => OtherKeyAsync(fapi, isProved: false)),
        Module("ensure-dpopproof-at-par-endpoint-binding-success", ProvedKeyAsync),
        Module("ensure-dpop-auth-code-binding-success", fapi => fapi.SignInAsync(("dpop_jkt", fapi.Key.Thumbprint))),
        Skipped("ensure-different-nonce-inside-and-outside-request-object", NoRequestObjects),
        Skipped("ensure-different-state-inside-and-outside-request-object", NoRequestObjects),
        Module("ensure-authorization-request-with-long-nonce", fapi => NonceAsync(fapi, new string('n', 384))),
        Module("ensure-authorization-request-with-long-state", LongStateAsync),
        Module("state-only-outside-request-object-not-used", StateOutsideAsync),
        Module("ensure-request-object-without-redirect-uri-fails", fapi => IsNotPushedAsync(fapi, ("redirect_uri", null))),
        Module("ensure-registered-redirect-uri", fapi => IsNotPushedAsync(fapi, ("redirect_uri", $"{RelyingParty.RedirectUri}/other"))),
        Skipped("plain-fapi-tolerate-unregistered-redirect-uri", "redirect addresses must be registered"),
        Module("ensure-unsigned-authorization-request-without-using-par-fails", WithoutPushAsync),
        Module("ensure-redirect-uri-in-authorization-request", fapi => IsNotPushedAsync(fapi, ("redirect_uri", ""))),
        Module("ensure-response-type-code-idtoken-fails", fapi => IsNotPushedAsync(fapi, ("response_type", "code id_token"))),
        Module("ensure-response-type-token-fails", fapi => IsNotPushedAsync(fapi, ("response_type", "token"))),
        Module("ensure-client-id-in-token-endpoint", ClientIdAsync),
        Module("ensure-holder-of-key-required", HolderOfKeyAsync),
        Module("ensure-authorization-code-is-bound-to-client", CodeOfOtherAsync),
        Module("attempt-reuse-authorization-code-after-one-second", CodeReuseAsync),
        Skipped("ensure-token-endpoint-fails-with-expired-auth-code", Slow),
        Module("ensure-signed-client-assertion-with-RS256-fails", WeakAssertionAsync),
        Module("ensure-client-assertion-in-token-endpoint", WithoutAssertionAsync),
        Module("ensure-client-assertion-with-exp-is-5-minutes-in-past-fails", fapi =>
            IsNotProvedAsync(fapi, ("iat", Jwt.Now - 360), ("exp", Jwt.Now - 300))
        ),
        Module("ensure-client-assertion-with-wrong-aud-fails", fapi => IsNotProvedAsync(fapi, ("aud", "https://elsewhere.example"))),
        Module("ensure-client-assertion-with-no-sub-fails", fapi => IsNotProvedAsync(fapi, ("sub", null))),
        Module("dpop-negative-tests", BadProofsAsync),
        Module("refresh-token", RefreshTokenAsync),
        Module("par-ensure-reused-request-uri-prior-to-auth-completion-succeeds", OpenedTwiceAsync),
        Module("par-attempt-reuse-request_uri", RequestReuseAsync),
        Skipped("par-attempt-to-use-expired-request_uri", Slow),
        Module("par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted", fapi =>
            IsProvedAsync(fapi, ("nbf", Jwt.Now + 8))
        ),
        Module("par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails", fapi =>
            IsNotProvedAsync(fapi, ("nbf", Jwt.Now + 90), ("exp", Jwt.Now + 180))
        ),
        Module("par-attempt-to-use-request_uri-for-different-client", RequestOfOtherAsync),
        Module("par-authorization-request-containing-request_uri-form-param", fapi =>
            IsNotPushedAsync(fapi, ("request_uri", "urn:ietf:params:oauth:request_uri:one"))
        ),
        Module("par-attempt-invalid-http-method", WrongMethodAsync),
        Module("par-ensure-pkce-required", fapi => IsNotPushedAsync(fapi, ("code_challenge", null), ("code_challenge_method", null))),
        Module("ensure-pkce-code-verifier-required", fapi => IsNotRedeemedAsync(fapi, ("code_verifier", null))),
        Module("incorrect-pkce-code-verifier-rejected", fapi => IsNotRedeemedAsync(fapi, ("code_verifier", new string('x', 43)))),
        Module("par-plain-pkce-rejected", fapi => IsNotPushedAsync(fapi, ("code_challenge_method", "plain"))),
        Module("par-without-duplicate-parameters", fapi => fapi.SignInAsync()),
        Module("par-test-array-as-audience-fails", fapi => IsNotProvedAsync(fapi, ("aud", new JsonArray(fapi.Login.Issuer)))),
        Module("par-test-par-endpoint-url-as-audience-fails", fapi =>
            IsNotProvedAsync(fapi, ("aud", $"{fapi.Login.Issuer}{FapiClient.PushPath}"))
        ),
        Module("par-test-token-endpoint-url-as-audience-fails", fapi =>
            IsNotProvedAsync(fapi, ("aud", $"{fapi.Login.Issuer}{FapiClient.TokenPath}"))
        ),
    ];

    private static ConformanceModule Module(string name, Func<FapiClient, Task> runAsync) =>
        new(
            $"{Prefix}{name}",
            async login =>
            {
                using var fapi = await FapiClient.RegisterAsync(login);
                await runAsync(fapi);
            }
        );

    private static ConformanceModule Skipped(string name, string reason) => new($"{Prefix}{name}", null) { Skipped = reason };

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

    private static Task WithoutStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = null;
        return fapi.SignInAsync(("state", null));
    }

    private static async Task WithoutNonceAsync(FapiClient fapi) =>
        Assert.Null(Jwt.Claims((await fapi.SignInAsync(("nonce", null))).Text("id_token"))["nonce"]);

    private static async Task NonceAsync(FapiClient fapi, string nonce) =>
        Assert.Equal(nonce, Jwt.Claims((await fapi.SignInAsync(("nonce", nonce))).Text("id_token"))["nonce"]!.GetValue<string>());

    private static Task LongStateAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = new string('s', 1000);
        return fapi.SignInAsync(("state", fapi.Login.ExpectedState));
    }

    /// <summary>Only what was pushed counts.</summary>
    private static async Task StateOutsideAsync(FapiClient fapi)
    {
        fapi.Login.ExpectedState = null;
        var pushed = (await fapi.PushAsync(("state", null))).Expect(201).Text("request_uri");

        Conversation.CodeOf(await fapi.Login.FollowAsync(await fapi.VisitAsync(pushed, ("state", "outside"))));
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
        using var other = await FapiClient.RegisterAsync(fapi.Login);

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
