namespace Orleans.Sessions.Gateway.Callers;

/// <summary>Who else issues tokens for callers; configuration section <c>Sessions:Authentication</c>.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Authentication";

    /// <summary>OAuth2/OIDC issuers whose JWT access tokens are accepted.</summary>
    public IList<TrustedIssuer> Issuers { get; } = [];
}

/// <summary>An issuer whose JWTs are accepted. The subject must be the id of a user here, who gives the caller its roles.</summary>
public sealed class TrustedIssuer
{
    /// <summary>The issuer, exactly as in <c>iss</c>; its keys are found by OpenID discovery.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>An audience that names this service, as an alternative to ZITADEL's audience scope.</summary>
    public string? Audience { get; set; }

    /// <summary>Whether discovery may use plain http. Default: only for localhost.</summary>
    public bool AllowHttp { get; set; }
}
