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
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<TokenWriting>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachTokenMetadata.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        switch (context.TokenType)
        {
            case TokenTypeIdentifiers.AccessToken:
                WriteAccessToken(context, IssuedTokens.Of(context.Transaction));
                break;
            case TokenTypeIdentifiers.IdentityToken:
                WriteIdToken(context, IssuedTokens.Of(context.Transaction).Grant);
                break;
            case TokenTypeIdentifiers.RefreshToken:
                context.Token = IssuedTokens.Of(context.Transaction).Grant.RefreshToken;
                break;
            case TokenTypeIdentifiers.Private.DeviceCode:
                context.Token = IssuedDeviceCodes.Of(context.Transaction).DeviceCode;
                break;
            case TokenTypeIdentifiers.Private.UserCode:
                context.Token = IssuedDeviceCodes.Of(context.Transaction).UserCode;
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
        descriptor.Issuer = grant.Issuer;
        descriptor.IssuedAt = grant.IssuedAt.UtcDateTime;
        descriptor.Expires = grant.ExpiresAt.UtcDateTime;
        descriptor.Claims[Claims.JwtId] = OidcTokens.JwtId(grant.AuthorizationId, grant.TokenId);
        descriptor.Claims[Claims.ClientId] = grant.ClientId;
        if (!grant.Methods.IsEmpty)
        {
            descriptor.Claims[Claims.AuthenticationMethodReference] = grant.Methods.ToArray();
        }
    }

    private static void WriteIdToken(GenerateTokenContext context, TokenGrant grant)
    {
        context.SecurityTokenDescriptor.Issuer = grant.Issuer;
        context.SecurityTokenDescriptor.Claims[Claims.Audience] = grant.ClientId;
        context.SecurityTokenDescriptor.Claims[Claims.AuthorizedParty] = grant.ClientId;
    }
}
