using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// The modules of the FAPI 2.0 security profile, with assertions and DPoP, or with certificates in place of both.
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

    /// <summary>What the names of modules about assertions or about DPoP contain.</summary>
    private static readonly string[] s_ofKeys = ["dpop", "client-assertion", "as-audience"];

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

    /// <summary>The modules with OpenID Connect and certificates.</summary>
    public static IReadOnlyList<ConformanceModule> OpenIdWithCertificates { get; } =
    [.. s_modules.Where(module => !IsOfKeys(module.Name)).Select(module => Module(module, isPlain: false))];

    /// <summary>The modules with OAuth alone and certificates.</summary>
    public static IReadOnlyList<ConformanceModule> PlainOAuthWithCertificates { get; } =
    [
        .. s_modules
            .Where(module => !IsOfKeys(module.Name) && !s_ofOpenId.Contains(module.Name))
            .Select(module => Module(module, isPlain: true)),
    ];

    /// <summary>The modules with OpenID Connect and a client that signs all its requests.</summary>
    public static IReadOnlyList<ConformanceModule> Signing { get; } =
    [.. s_modules.Select(module => Module(module, isPlain: false, isSigning: true))];

    /// <summary>The module with this name, in which a client by the profile takes part.</summary>
    public static ConformanceModule Module(string name, Func<FapiClient, Task> runAsync, bool isPlain, bool isSigning) =>
        new($"{Prefix}{name}", login => RunAsync(login, runAsync, isPlain, isSigning));

    /// <summary>Whether the module is about assertions or about DPoP, which a client with a certificate does not need.</summary>
    private static bool IsOfKeys(string name) => s_ofKeys.Any(part => name.Contains(part, StringComparison.Ordinal));

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
}
