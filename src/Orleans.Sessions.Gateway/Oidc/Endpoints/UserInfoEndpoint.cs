using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>Answers with the claims about the token's user. OpenIddict has checked by then that the token is active.</summary>
internal sealed class UserInfoEndpoint(UserClaims users) : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        // OpenIddict fills in what the token contains. The answer may only have what the scopes allow.
        context.Issuer = null;
        context.Audiences.Clear();
        context.Subject = context.AccessTokenPrincipal.GetClaim(Claims.Subject);
        foreach (
            var (name, value) in await users.OfAsync(context.Subject!, context.AccessTokenPrincipal.GetScopes(), context.CancellationToken)
        )
        {
            context.Claims[name] = value;
        }
    }
}
