using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The tokens that one request issues. They are decided and durable before OpenIddict writes the answer.</summary>
/// <param name="Grant">What the tokens stand for.</param>
/// <param name="New">The tokens.</param>
internal sealed record IssuedTokens(TokenGrant Grant, NewTokens New);
