namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>What a provider of OpenID Connect answered to a code. It is verified.</summary>
internal sealed record OidcAnswer
{
    /// <summary>The subject of the id token.</summary>
    public required string Subject { get; init; }

    /// <summary>The claims of the id token, a JSON object.</summary>
    public required string IdToken { get; init; }

    /// <summary>What came back with the browser.</summary>
    public required IntentCallback Callback { get; init; }

    /// <summary>The tokens, and the claims: those of the userinfo endpoint, unless the id token is asked for them.</summary>
    public required LoginResult Result { get; init; }

    public override string ToString() => nameof(OidcAnswer);
}
