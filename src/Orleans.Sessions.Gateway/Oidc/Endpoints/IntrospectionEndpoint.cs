using System.Collections.Immutable;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>Tells a client what an active token stands for; OpenIddict answers <c>{"active":false}</c> for others and for clients that a token is not meant for.</summary>
internal sealed class IntrospectionEndpoint(UserClaims users) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleIntrospectionRequestContext>()
        .UseSingletonHandler<IntrospectionEndpoint>()
        .SetOrder(int.MaxValue - 100_000)
        .SetType(OpenIddictServerHandlerType.Custom)
        .Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        if (PresentedToken.Of(context.Transaction) is not { } grant)
        {
            context.Reject(OAuthError.InvalidToken, "The token is not active.");
            return;
        }

        foreach (var (name, value) in await users.OfAsync(grant.UserId, grant.Scopes, context.CancellationToken))
        {
            context.Claims[name] = value;
        }

        context.Scopes.UnionWith(grant.Scopes);
        context.Username = context.Claims.TryGetValue(Claims.PreferredUsername, out var username) ? (string?)username : null;
        context.Claims[Claims.Issuer] = grant.Issuer;
        if (grant.SessionId is { } sessionId)
        {
            context.Claims["sid"] = sessionId;
        }

        if (grant.AuthenticatedAt is { } authenticatedAt)
        {
            context.Claims[Claims.AuthenticationTime] = authenticatedAt.ToUnixTimeSeconds();
            context.Claims[Claims.AuthenticationMethodReference] = grant.Methods.CastArray<string?>();
        }

        if (grant.Acr is { } acr)
        {
            context.Claims[Claims.AuthenticationContextReference] = acr;
        }
    }
}
