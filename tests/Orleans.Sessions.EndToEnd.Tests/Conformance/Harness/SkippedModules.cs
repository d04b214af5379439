namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of plans that are not made again yet, or that need what is not built yet.</summary>
public static class SkippedModules
{
    /// <summary>Dynamic registration.</summary>
    public static IReadOnlyList<ConformanceModule> Dynamic { get; } =
    [
        .. Skip(
            "",
            "not made again yet; DynamicRegistrationTests shows registrations",
            "oidcc-idtoken-rs256",
            "oidcc-idtoken-unsigned",
            "oidcc-userinfo-rs256",
            "oidcc-ensure-redirect-uri-in-authorization-request",
            "oidcc-redirect-uri-query-OK",
            "oidcc-redirect-uri-query-mismatch",
            "oidcc-redirect-uri-query-added",
            "oidcc-redirect-uri-regfrag",
            "oidcc-discovery-endpoint-verification",
            "oidcc-server",
            "oidcc-registration-logo-uri",
            "oidcc-registration-policy-uri",
            "oidcc-registration-tos-uri",
            "oidcc-registration-jwks-uri",
            "oidcc-registration-sector-uri",
            "oidcc-registration-sector-bad",
            "oidcc-server-rotate-keys",
            "oidcc-refresh-token-rp-key-rotation",
            "oidcc-ensure-request-object-with-redirect-uri",
            "oidcc-refresh-token",
            "oidcc-ensure-client-assertion-with-iss-aud-succeeds"
        ),
        .. Skip(
            "",
            "request objects come with the request or are pushed, and are not fetched from addresses",
            "oidcc-request-uri-unsigned",
            "oidcc-request-uri-signed-rs256"
        ),
    ];

    /// <summary>Logout through the browser.</summary>
    public static IReadOnlyList<ConformanceModule> FrontChannel { get; } =
        Skip(
            "oidcc-frontchannel-",
            "not made again yet; FrontChannelLogoutTests shows the logout",
            "logout-discovery-endpoint-verification",
            "rp-initiated-logout"
        );

    /// <summary>The FAPI 2.0 security profile, except for request objects. All of its modules bind tokens to the client.</summary>
    public static IReadOnlyList<ConformanceModule> Fapi2 { get; } =
        Skip(
            "fapi2-security-profile-final-",
            "not made again yet; DpopTests shows the profile with DPoP",
            "discovery-end-point-verification",
            "happy-flow",
            "user-rejects-authentication",
            "ensure-authorization-request-without-state-success",
            "ensure-authorization-request-without-nonce-success",
            "ensure-authorization-request-with-64-char-nonce-success",
            "ensure-other-scope-order-succeeds",
            "test-claims-parameter-identity-claims",
            "access-token-type-header-case-sensitivity",
            "check-dpop-proof-nbf-exp",
            "ensure-dpopproof-with-iat-10seconds-before-succeeds",
            "ensure-dpopproof-with-iat-10seconds-after-succeeds",
            "ensure-mismatched-dpop-jkt-fails",
            "ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt",
            "ensure-token-endpoint-fails-with-mismatched-dpop-jkt",
            "ensure-dpopproof-at-par-endpoint-binding-success",
            "ensure-dpop-auth-code-binding-success",
            "ensure-authorization-request-with-long-nonce",
            "ensure-authorization-request-with-long-state",
            "ensure-registered-redirect-uri",
            "plain-fapi-tolerate-unregistered-redirect-uri",
            "ensure-redirect-uri-in-authorization-request",
            "ensure-response-type-code-idtoken-fails",
            "ensure-response-type-token-fails",
            "ensure-client-id-in-token-endpoint",
            "ensure-holder-of-key-required",
            "ensure-authorization-code-is-bound-to-client",
            "attempt-reuse-authorization-code-after-one-second",
            "ensure-token-endpoint-fails-with-expired-auth-code",
            "ensure-signed-client-assertion-with-RS256-fails",
            "ensure-client-assertion-in-token-endpoint",
            "ensure-client-assertion-with-exp-is-5-minutes-in-past-fails",
            "ensure-client-assertion-with-wrong-aud-fails",
            "ensure-client-assertion-with-no-sub-fails",
            "dpop-negative-tests",
            "refresh-token",
            "par-ensure-reused-request-uri-prior-to-auth-completion-succeeds",
            "par-attempt-reuse-request_uri",
            "par-attempt-to-use-expired-request_uri",
            "par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted",
            "par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails",
            "par-attempt-to-use-request_uri-for-different-client",
            "par-authorization-request-containing-request_uri-form-param",
            "par-attempt-invalid-http-method",
            "par-ensure-pkce-required",
            "ensure-pkce-code-verifier-required",
            "incorrect-pkce-code-verifier-rejected",
            "par-plain-pkce-rejected",
            "par-without-duplicate-parameters",
            "par-test-array-as-audience-fails",
            "par-test-par-endpoint-url-as-audience-fails",
            "par-test-token-endpoint-url-as-audience-fails"
        );

    private static ConformanceModule[] Skip(string prefix, string reason, params string[] names) =>
        [.. names.Select(name => new ConformanceModule($"{prefix}{name}", null) { Skipped = reason })];
}
