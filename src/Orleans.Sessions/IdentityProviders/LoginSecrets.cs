namespace Orleans.Sessions.IdentityProviders;

/// <summary>The secrets of a login in progress that only this service knows.</summary>
/// <param name="Nonce">The nonce that the id token must contain, if the provider gives one.</param>
/// <param name="CodeVerifier">The PKCE verifier for exchanging the code.</param>
/// <param name="AuthUrl">
/// The provider's address for a login that is bound to a browser. The caller who started the login must not know it: they could log in
/// there themselves and make that browser finish their login.
/// </param>
internal sealed record LoginSecrets(string Nonce, string CodeVerifier, string? AuthUrl = null)
{
    // Records print their members; the secrets must not get into a log that way.
    public override string ToString() => nameof(LoginSecrets);
}
