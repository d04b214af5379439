namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// OAuth2 issuers whose JWT access tokens are accepted for callers; configuration section <c>Sessions:Authentication</c>. <c>sub</c> is the
/// id of a user here, who gives the caller its roles.
/// </summary>
public sealed class AuthenticationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Authentication";

    /// <summary>OAuth2/OIDC issuers whose JWT access tokens are accepted.</summary>
    public IList<TrustedIssuer> Issuers { get; } = [];
}
