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
            "ensure-server-accepts-request-object-with-multiple-aud",
            "ensure-authorization-request-without-state-success",
            "ensure-authorization-request-without-nonce-success",
            "ensure-different-nonce-inside-and-outside-request-object",
            "ensure-different-state-inside-and-outside-request-object",
            "ensure-request-object-with-long-nonce",
            "ensure-request-object-with-long-state",
            "ensure-registered-redirect-uri",
            "ensure-redirect-uri-in-authorization-request",
            "ensure-response-type-code-idtoken-fails",
            "ensure-response-type-token-fails",
            "ensure-unsigned-authorization-request-without-using-par-fails",
            "ensure-client-id-in-token-endpoint",
            "ensure-authorization-code-is-bound-to-client",
            "ensure-client-assertion-with-exp-is-5-minutes-in-past-fails",
            "ensure-client-assertion-with-wrong-aud-fails",
            "ensure-client-assertion-with-no-sub-fails",
            "ensure-client-assertion-in-token-endpoint",
            "ensure-signed-client-assertion-with-RS256-fails",
            "ensure-holder-of-key-required",
            "ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt",
            "dpop-negative-tests",
            "access-token-type-header-case-sensitivity",
            "attempt-reuse-authorization-code-after-one-second",
            "par-attempt-reuse-request_uri",
            "par-attempt-to-use-expired-request_uri",
            "par-attempt-to-use-request_uri-for-different-client",
            "par-attempt-invalid-http-method",
            "par-ensure-pkce-required",
            "par-plain-pkce-rejected",
            "par-ensure-pkce-code-verifier-required",
            "par-incorrect-pkce-code-verifier-rejected",
            "par-authorization-request-containing-request_uri",
            "par-pushed-authorization-url-as-audience-in-request-object",
            "refresh-token",
        }.Select(name => new ConformanceModule($"{Plan}-{name}", null) { Skipped = "needs tokens that DPoP or mutual TLS binds" }),
    ];
}
