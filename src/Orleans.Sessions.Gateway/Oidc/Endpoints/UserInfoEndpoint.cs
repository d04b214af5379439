using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>Answers with the claims about the token's user. OpenIddict has checked by then that the token is active.</summary>
internal sealed class UserInfoEndpoint(UserClaims users, RoleClaims roles, FurtherClaims further, ClientDirectory clients)
    : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        // OpenIddict fills in what the token contains. The answer may only have what the scopes allow.
        context.Issuer = null;
        context.Audiences.Clear();
        context.Subject = context.AccessTokenPrincipal.GetClaim(Claims.Subject);
        var scopes = context.AccessTokenPrincipal.GetScopes();
        foreach (var (name, value) in await users.OfAsync(context.Subject!, scopes, context.CancellationToken))
        {
            context.Claims[name] = value;
        }

        var presented = TransactionState.Of(context.Transaction).PresentedToken;
        foreach (var (name, value) in await users.NamedAsync(context.Subject!, presented?.UserInfoClaims ?? [], context.CancellationToken))
        {
            context.Claims[name] = value;
        }

        var clientId = presented?.ClientId;
        var client = await clients.FindAsync(clientId, context.CancellationToken);
        if (RoleDemand.Of(client?.ProjectId, scopes) is { } demand)
        {
            foreach (var (name, value) in await roles.OfAsync(context.Subject!, demand, context.CancellationToken))
            {
                context.Claims[name] = value;
            }
        }

        foreach (var (name, value) in await further.OfAsync(context.Subject!, client, ClaimTarget.UserInfo, context.CancellationToken))
        {
            context.Claims[name] = value;
        }
    }
}
