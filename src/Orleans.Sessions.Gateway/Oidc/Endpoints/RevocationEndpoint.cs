using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Revokes an access token. A refresh token revokes all tokens of its authorization (RFC 7009). OpenIddict by itself lets an audience
/// revoke an access token too, so an API could log out the applications that call it.
/// </summary>
internal sealed class RevocationEndpoint(Grains grains) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        var state = TransactionState.Of(context.Transaction);
        if (state.PresentedToken is not { } grant || grant.ClientId != state.Client?.Client.Id)
        {
            context.Reject(OAuthError.InvalidToken, "The token is not active.");
            return;
        }

        var family = grains.TokenFamily(grant.AuthorizationId);
        await grains.CallAsync(
            () =>
                context.GenericTokenPrincipal!.HasTokenType(TokenTypeIdentifiers.RefreshToken)
                    ? family.RevokeAsync()
                    : family.RevokeAccessTokenAsync(grant.TokenId),
            context.CancellationToken
        );
    }
}
