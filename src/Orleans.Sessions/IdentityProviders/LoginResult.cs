namespace Orleans.Sessions.IdentityProviders;

/// <summary>What the provider returned.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="IdToken">The id token.</param>
/// <param name="Claims">The claims about the person, a JSON object.</param>
/// <param name="RefreshToken">The refresh token; <c>null</c> if the provider gave none.</param>
internal sealed record LoginResult(string AccessToken, string IdToken, string Claims, string? RefreshToken = null)
{
    public override string ToString() => nameof(LoginResult);
}
