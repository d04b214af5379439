namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>A code that is exchanged for tokens (RFC 6749 §4.1.3).</summary>
/// <param name="Code">The code.</param>
/// <param name="CallbackUrl">The address to which the browser brought it.</param>
/// <param name="CodeVerifier">The verifier of PKCE; <c>null</c> without PKCE.</param>
internal sealed record CodeExchange(string Code, string CallbackUrl, string? CodeVerifier)
{
    /// <summary>The form for the token endpoint.</summary>
    public Dictionary<string, string> Form()
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = Code,
            ["redirect_uri"] = CallbackUrl,
        };
        if (CodeVerifier is not null)
        {
            form["code_verifier"] = CodeVerifier;
        }

        return form;
    }

    public override string ToString() => nameof(CodeExchange);
}
