namespace Orleans.Sessions.Gateway.Callers;

/// <summary>Other issuers whose tokens callers may use; configuration section <c>Sessions:Authentication</c>.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Authentication";

    /// <summary>OAuth2/OIDC issuers whose JWT access tokens are accepted.</summary>
    public IList<TrustedIssuer> Issuers { get; } = [];
}

/// <summary>
/// An issuer whose JWTs are accepted. The subject must be the id of a user of this service; the caller has that user's roles.
/// </summary>
public sealed class TrustedIssuer
{
    /// <summary>The issuer, exactly as in <c>iss</c>; its keys are found by OpenID discovery.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// An audience that names this service, as an alternative to ZITADEL's audience scope. Never use a client id here: id tokens have
    /// client ids as their audience.
    /// </summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Whether access tokens of this issuer may have the type <c>JWT</c>, or no type, instead of <c>at+jwt</c> (RFC 9068). Needed for
    /// issuers that set no other type, such as ZITADEL. Tokens with <c>nonce</c> or <c>at_hash</c> are refused even then. Default: no, so
    /// that an id token never passes for an access token.
    /// </summary>
    public bool AllowUntyped { get; set; }

    /// <summary>Whether discovery may use plain http. Default: only for localhost.</summary>
    public bool AllowHttp { get; set; }
}
