namespace Orleans.Sessions.Gateway.Errors;

/// <summary>
/// The <c>WWW-Authenticate</c> header for a token that is bound to a key, or for the proof of a key (RFC 9449 §7.1). It says what is
/// wrong, and which algorithms are accepted.
/// </summary>
internal static class DpopChallenge
{
    /// <summary>The error code of a proof that is not good.</summary>
    public const string InvalidProof = "invalid_dpop_proof";

    /// <summary>The algorithms of proofs, separated by spaces.</summary>
    public const string Algorithms = "ES256 ES384 RS256 PS256";

    private const string UseNonce = "use_dpop_nonce";

    private static readonly Dictionary<SessionError, string> s_codes = new()
    {
        [SessionErrors.DpopProofMissing] = InvalidProof,
        [SessionErrors.DpopProofUnreadable] = InvalidProof,
        [SessionErrors.DpopKeyInvalid] = InvalidProof,
        [SessionErrors.DpopClaimMissing] = InvalidProof,
        [SessionErrors.DpopOtherRequest] = InvalidProof,
        [SessionErrors.DpopProofOld] = InvalidProof,
        [SessionErrors.DpopOtherToken] = InvalidProof,
        [SessionErrors.DpopSignatureInvalid] = InvalidProof,
        [SessionErrors.DpopProofUsed] = InvalidProof,
        [SessionErrors.DpopNonceMissing] = UseNonce,
        [SessionErrors.TokenBoundToKey] = OAuthError.InvalidToken,
        [SessionErrors.TokenKeyOther] = OAuthError.InvalidToken,
    };

    /// <summary>The OAuth error code; <c>null</c> if the error is about neither a bound token nor a proof.</summary>
    public static string? CodeOf(SessionError error) => s_codes.GetValueOrDefault(error);

    /// <summary>The challenge; <c>null</c> if the error is about neither a bound token nor a proof.</summary>
    public static string? Of(SessionError error) =>
        CodeOf(error) is { } code
            ? $"DPoP realm=\"{BearerChallenge.Realm}\", error=\"{code}\", error_description=\"{error.Message}\", algs=\"{Algorithms}\""
            : null;
}
