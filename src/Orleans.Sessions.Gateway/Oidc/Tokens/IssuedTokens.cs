using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The tokens that one request issues. They are decided and durable before OpenIddict writes the answer.</summary>
/// <param name="Grant">What the tokens stand for.</param>
/// <param name="New">The tokens.</param>
internal sealed record IssuedTokens(TokenGrant Grant, NewTokens New)
{
    /// <summary>The further claims of a JWT access token.</summary>
    public IReadOnlyDictionary<string, object> AccessTokenClaims { get; init; } = new Dictionary<string, object>();

    /// <summary>Whether the header of a JWT access token has the type <c>JWT</c> instead of <c>at+jwt</c>.</summary>
    public bool IsPlainJwt { get; init; }

    /// <summary>The further claims of the ID token.</summary>
    public IReadOnlyDictionary<string, object> IdTokenClaims { get; init; } = new Dictionary<string, object>();

    /// <summary>The audiences of the ID token.</summary>
    public IReadOnlyList<string> IdTokenAudiences { get; init; } = [Grant.ClientId];

    /// <summary>The key of another kind that signs the ID token; <c>null</c> if the key signs it that signs everything.</summary>
    public SigningCredentials? IdTokenSigner { get; init; }

    /// <summary>The key of another kind that signs a JWT access token; <c>null</c> if the key signs it that signs everything.</summary>
    public SigningCredentials? AccessTokenSigner { get; init; }

    /// <summary>How much earlier the ID token begins, and later it ends.</summary>
    public TimeSpan ClockSkew { get; init; }
}
