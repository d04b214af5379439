using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Puts the issued tokens into OpenIddict's answer. OpenIddict writes only JWTs, with the ids by which the token family knows them.
/// </summary>
internal sealed class TokenWriting : IOpenIddictServerHandler<GenerateTokenContext>
{
    /// <summary>The prefix of claims that only OpenIddict itself understands.</summary>
    private const string PrivatePrefix = "oi_";

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        switch (context.TokenType)
        {
            case TokenTypeIdentifiers.AccessToken:
                WriteAccessToken(context, TransactionState.Of(context.Transaction).IssuedTokens);
                break;
            case TokenTypeIdentifiers.IdentityToken:
                WriteIdToken(context, TransactionState.Of(context.Transaction).IssuedTokens);
                break;
            case TokenTypeIdentifiers.RefreshToken:
                context.Token = TransactionState.Of(context.Transaction).IssuedTokens.Grant.RefreshToken;
                break;
            case TokenTypeIdentifiers.Private.DeviceCode:
                context.Token = TransactionState.Of(context.Transaction).IssuedDeviceCodes.DeviceCode;
                break;
            case TokenTypeIdentifiers.Private.UserCode:
                context.Token = TransactionState.Of(context.Transaction).IssuedDeviceCodes.UserCode;
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static void WriteAccessToken(GenerateTokenContext context, IssuedTokens issued)
    {
        if (issued.New.AccessToken is { } opaque)
        {
            context.Token = opaque;
            return;
        }

        var grant = issued.Grant;
        var descriptor = context.SecurityTokenDescriptor;
        SetSigner(context, issued.AccessTokenSigner);
        descriptor.Issuer = grant.Issuer;
        descriptor.IssuedAt = grant.IssuedAt.UtcDateTime;
        descriptor.Expires = grant.ExpiresAt.UtcDateTime;
        if (issued.IsPlainJwt)
        {
            descriptor.TokenType = AccessTokenVerifier.PlainType;
        }

        foreach (var claim in descriptor.Subject.FindAll(claim => claim.Type.StartsWith(PrivatePrefix, StringComparison.Ordinal)).ToList())
        {
            descriptor.Subject.RemoveClaim(claim);
        }

        descriptor.Claims[Claims.JwtId] = OidcTokens.JwtId(grant.AuthorizationId, grant.TokenId);
        descriptor.Claims[Claims.ClientId] = grant.ClientId;
        if (!grant.Methods.IsEmpty)
        {
            descriptor.Claims[Claims.AuthenticationMethodReference] = grant.Methods.ToArray();
        }

        if (ConfirmationClaim.Of(grant) is { } confirmation)
        {
            descriptor.Claims[ConfirmationClaim.Name] = confirmation;
        }

        foreach (var (name, value) in issued.AccessTokenClaims)
        {
            descriptor.Claims[name] = value;
        }
    }

    private static void SetSigner(GenerateTokenContext context, SigningCredentials? signer)
    {
        if (signer is not null)
        {
            context.SigningCredentials = context.SecurityTokenDescriptor.SigningCredentials = signer;
        }
    }

    private static void WriteIdToken(GenerateTokenContext context, IssuedTokens issued)
    {
        var (descriptor, grant) = (context.SecurityTokenDescriptor, issued.Grant);
        SetSigner(context, issued.IdTokenSigner);
        descriptor.Issuer = grant.Issuer;
        descriptor.Claims[Claims.Audience] = issued.IdTokenAudiences is [var only] ? only : issued.IdTokenAudiences.ToArray();
        descriptor.Claims[Claims.AuthorizedParty] = grant.ClientId;
        descriptor.Claims[Claims.JwtId] = OidcTokens.IdTokenId(grant.AuthorizationId, grant.TokenId);
        descriptor.IssuedAt -= issued.ClockSkew;
        descriptor.Expires += issued.ClockSkew;
        foreach (var (name, value) in issued.IdTokenClaims)
        {
            // Claims about the person must not overwrite claims about the login.
            descriptor.Claims.TryAdd(name, value);
        }
    }
}
