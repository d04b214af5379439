namespace Orleans.Sessions.IdentityProviders;

/// <summary>What the provider returned.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="IdToken">The id token; empty if the provider gave none.</param>
/// <param name="Claims">The claims about the person, a JSON object.</param>
/// <param name="RefreshToken">The refresh token; <c>null</c> if the provider gave none.</param>
/// <param name="Person">What the claims say of the person; <c>null</c> if it was stored before there were kinds of providers. Then the
/// claims are those of OpenID Connect.</param>
/// <param name="IntentToken">The token that the success URL got, for a browser that comes back once more.</param>
internal sealed record LoginResult(
    string AccessToken,
    string IdToken,
    string Claims,
    string? RefreshToken = null,
    ExternalPerson? Person = null,
    string? IntentToken = null
)
{
    public override string ToString() => nameof(LoginResult);
}
