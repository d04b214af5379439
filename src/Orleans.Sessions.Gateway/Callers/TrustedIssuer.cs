namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// An issuer whose JWTs are accepted. The subject must be the id of a user of this service; the caller has that user's roles.
/// </summary>
public sealed class TrustedIssuer
{
    /// <summary>The issuer, exactly as in <c>iss</c>; its keys are found by OpenID discovery.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// This service's name there, as an alternative to ZITADEL's audience scope; never the id of a client, because id tokens are for
    /// clients.
    /// </summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Whether its access tokens may have the type <c>JWT</c>, or none, instead of <c>at+jwt</c> (RFC 9068): for issuers that have no other
    /// type, ZITADEL among them. Tokens with <c>nonce</c> or <c>at_hash</c> are refused all the same, so that no id token passes for an
    /// access token.
    /// </summary>
    public bool AllowUntyped { get; set; }

    /// <summary>Whether discovery may use plain http on other machines than this one.</summary>
    public bool AllowHttp { get; set; }
}
