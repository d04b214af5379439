using System.Collections.Immutable;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>Converts codes, tokens and grants to OpenIddict's principals.</summary>
internal static class Principals
{
    /// <summary>The session that a code or token belongs to.</summary>
    public const string SessionId = "sid";

    /// <summary>The user that tokens are issued for, with the claims of the tokens.</summary>
    public static ClaimsPrincipal Granted(IssuedTokens issued, OidcProviderOptions options, DateTimeOffset now)
    {
        // A refresh for fewer scopes keeps the refresh token. OpenIddict itself narrows the access token.
        var grant = issued.Grant;
        var scopes = grant.RefreshToken is null ? grant.Scopes : [.. grant.Scopes.Append(Scopes.OfflineAccess).Distinct()];
        var principal = Of(TokenTypeIdentifiers.AccessToken, grant.UserId, grant.ClientId, scopes);
        principal.RemoveClaims(Claims.Private.TokenType);
        principal.SetResources(grant.Audiences);
        principal.SetAccessTokenLifetime(grant.ExpiresAt - now);
        principal.SetIssuedTokenLifetime(grant.ExpiresAt - now);
        principal.SetIdentityTokenLifetime(options.IdTokenLifetime);
        principal.SetClaim(Claims.Private.Nonce, grant.Nonce);
        principal.SetClaim(SessionId, grant.SessionId);
        principal.SetClaim(Claims.AuthenticationContextReference, grant.Acr);
        principal.SetClaims(Claims.AuthenticationMethodReference, grant.Methods);
        if (grant.AuthenticatedAt is { } authenticatedAt)
        {
            principal.SetClaim(Claims.AuthenticationTime, authenticatedAt.ToUnixTimeSeconds());
        }

        return principal.SetDestinations(static claim =>
            claim.Type
                is SessionId
                    or Claims.AuthenticationContextReference
                    or Claims.AuthenticationMethodReference
                    or Claims.AuthenticationTime
                ? [Destinations.AccessToken, Destinations.IdentityToken]
                : []
        );
    }

    /// <summary>An authorization or device code that may be redeemed.</summary>
    public static ClaimsPrincipal Code(RedeemableCode code, string tokenType)
    {
        var principal = Of(tokenType, code.UserId, code.ClientId, code.Scopes);
        principal.SetExpirationDate(code.ExpiresAt);
        principal.SetClaim(SessionId, code.SessionId);
        principal.SetClaim(Claims.Private.RedirectUri, code.RedirectUri);
        if (code.CodeChallenge is { } challenge)
        {
            principal.SetClaim(Claims.Private.CodeChallenge, challenge);
            principal.SetClaim(Claims.Private.CodeChallengeMethod, CodeChallengeMethods.Sha256);
        }

        return principal;
    }

    /// <summary>A presented token.</summary>
    public static ClaimsPrincipal Token(TokenGrant grant, string tokenType)
    {
        var principal = Of(tokenType, grant.UserId, grant.ClientId, grant.Scopes);
        principal.SetCreationDate(grant.IssuedAt);
        if (grant.ExpiresAt < DateTimeOffset.MaxValue)
        {
            principal.SetExpirationDate(grant.ExpiresAt);
        }

        principal.SetAudiences(grant.Audiences);
        principal.SetClaim(Claims.ClientId, grant.ClientId);
        principal.SetClaim(SessionId, grant.SessionId);
        if (grant.TokenId.Length > 0)
        {
            principal.SetClaim(Claims.JwtId, OidcTokens.JwtId(grant.AuthorizationId, grant.TokenId));
        }

        return principal;
    }

    /// <summary>A presented session token.</summary>
    public static ClaimsPrincipal Session(string tokenType, string userId, string presenter) =>
        Of(tokenType, userId, presenter, ["openid", "profile", "email", "phone"]);

    private static ClaimsPrincipal Of(string tokenType, string userId, string clientId, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity("sessions", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, userId);
        var principal = new ClaimsPrincipal(identity);
        principal.SetTokenType(tokenType);
        principal.SetPresenters(clientId);
        principal.SetScopes(scopes);
        return principal;
    }
}
