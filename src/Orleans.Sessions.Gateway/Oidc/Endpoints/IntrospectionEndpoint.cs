using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Tells a client what an active token stands for. OpenIddict answers <c>{"active":false}</c> for inactive tokens and for clients that the
/// token is not meant for.
/// </summary>
internal sealed class IntrospectionEndpoint(UserClaims users, RoleClaims roles, FurtherClaims further)
    : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        if (TransactionState.Of(context.Transaction).PresentedToken is not { } grant)
        {
            context.Reject(OAuthError.InvalidToken, "The token is not active.");
            return;
        }

        var user = await users.RecentUserAsync(grant, context.CancellationToken);
        var demand = RoleDemand.Of(TransactionState.Of(context.Transaction).Client?.Client.ProjectId, grant);
        var known = await roles.RecentAsync(grant.UserId, demand, context.CancellationToken);
        foreach (var (name, value) in About(grant, user, known, demand))
        {
            context.Claims[name] = value;
        }

        var asker = TransactionState.Of(context.Transaction).Client?.Client;
        foreach (
            var (name, value) in grant.IsForClient
                ? []
                : await further.OfAsync(grant.UserId, asker, ClaimTarget.Introspection, context.CancellationToken)
        )
        {
            context.Claims[name] = value;
        }

        if (grant.KeyThumbprint is not null && grant.TokenId.Length > 0)
        {
            context.TokenType = DpopProofs.Scheme;
        }

        context.TokenUsage = null;
        context.Scopes.UnionWith(grant.Scopes);
        context.Username = context.Claims.TryGetValue(Claims.PreferredUsername, out var username) ? (string?)username : null;
    }

    /// <summary>
    /// The claims of a token beyond those that every introspection answer has. The roles are those in the project of the client that asks,
    /// and those that the token's scopes ask for.
    /// </summary>
    public static Dictionary<string, OpenIddictParameter> About(TokenGrant grant, UserView? user, KnownRoles? roles, RoleDemand? demand)
    {
        var claims = UserClaims.Of(user, grant.Scopes);
        foreach (var (name, value) in RoleClaims.Of(roles, demand))
        {
            claims[name] = value;
        }

        claims[Claims.Issuer] = grant.Issuer;
        if (grant.SessionId is { } sessionId)
        {
            claims["sid"] = sessionId;
        }

        if (ConfirmationClaim.Of(grant) is { } confirmation)
        {
            claims[ConfirmationClaim.Name] = confirmation;
        }

        if (ActorClaim.Of(grant.Actors) is { } actor)
        {
            claims[ActorClaim.Name] = actor;
        }

        if (grant.AuthenticatedAt is { } authenticatedAt)
        {
            claims[Claims.AuthenticationTime] = authenticatedAt.ToUnixTimeSeconds();
            claims[Claims.AuthenticationMethodReference] = grant.Methods.CastArray<string?>();
        }

        if (grant.Acr is { } acr)
        {
            claims[Claims.AuthenticationContextReference] = acr;
        }

        return claims;
    }
}
