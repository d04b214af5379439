using Microsoft.IdentityModel.Tokens;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// Which issuer a provider may name. It names the registered one, except where one registration is for many issuers.
/// </summary>
internal class IssuerRule
{
    /// <summary>Whether the discovery document of the registered issuer may name this one.</summary>
    /// <param name="registered">The registered issuer.</param>
    /// <param name="named">What the document calls <c>issuer</c>.</param>
    public virtual bool AllowsDocument(string registered, string? named) =>
        // Some providers write their issuer with a slash at the end in only one of the two places.
        named?.TrimEnd('/') == registered.TrimEnd('/');

    /// <summary>Whether a token or an answer of this issuer is of the provider.</summary>
    /// <param name="registered">The registered issuer.</param>
    /// <param name="named">What the discovery document calls <c>issuer</c>.</param>
    /// <param name="issuer">What the token or the answer calls <c>iss</c>.</param>
    public virtual bool IsIssuer(string registered, string named, string? issuer) => issuer == named;

    /// <summary>Whether tokens of this issuer may be signed with a key that the provider publishes.</summary>
    /// <param name="key">The key.</param>
    /// <param name="issuer">What the token calls <c>iss</c>.</param>
    public virtual bool IsKeyOf(JsonWebKey key, string? issuer) => true;
}
