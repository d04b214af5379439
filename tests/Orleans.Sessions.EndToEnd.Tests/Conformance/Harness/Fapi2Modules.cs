namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the FAPI 2.0 security profile. All of them bind tokens to the client by DPoP or by mutual TLS.</summary>
public static class Fapi2Modules
{
    private const string Plan = "fapi2-security-profile-final";

    /// <summary>The modules.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        .. new[]
        {
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
            "ensure-different-nonce-inside-and-outside-request-object",
            "ensure-different-state-inside-and-outside-request-object",
            "ensure-authorization-request-with-long-nonce",
            "ensure-authorization-request-with-long-state",
            "state-only-outside-request-object-not-used",
            "ensure-request-object-without-redirect-uri-fails",
            "ensure-registered-redirect-uri",
            "plain-fapi-tolerate-unregistered-redirect-uri",
            "ensure-unsigned-authorization-request-without-using-par-fails",
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
            "par-test-token-endpoint-url-as-audience-fails",
        }.Select(name => new ConformanceModule($"{Plan}-{name}", null) { Skipped = "needs tokens that DPoP or mutual TLS binds" }),
    ];
}
