using System.Collections.Immutable;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <content>Grants without a login in a browser: exchanged tokens, clients and service accounts for themselves, and assertions.</content>
internal sealed partial class TokenEndpoint
{
    private async Task<IssuedTokens?> ExchangeAsync(HandleTokenRequestContext context, OidcClient client)
    {
        try
        {
            var grant = await exchange.GrantAsync(context.Request!, client, IssuerOf(context), context.CancellationToken);
            var isJwt = TransactionState.Of(context.Transaction).IsJwtRequested;
            return await IssueAsync(
                context,
                isJwt && client.AccessTokenType == AccessTokenType.Opaque ? client with { AccessTokenType = AccessTokenType.Jwt } : client,
                grant
            );
        }
        catch (ExchangeRefusedException refusal)
        {
            context.Reject(refusal.Error, refusal.Message);
            return null;
        }
    }

    private async Task<IssuedTokens?> ForServiceAccountAsync(
        HandleTokenRequestContext context,
        string userId,
        string clientId,
        string credential
    )
    {
        var user = await grains.CallAsync(() => grains.User(userId).GetAsync(Caller.InCluster), context.CancellationToken);
        var account = AuthenticatedClient.OfServiceAccount(clientId, userId).Client with
        {
            AccessTokenType = user.Machine?.TokenType == MachineTokenType.Jwt ? AccessTokenType.Jwt : AccessTokenType.Opaque,
        };
        return await IssueAsync(
            context,
            account,
            new DirectGrant
            {
                ClientId = clientId,
                Issuer = IssuerOf(context),
                Scopes = OidcScopes.GrantToServiceAccount(context.Request!.GetScopes()),
                UserId = userId,
                Credential = credential,
            }
        );
    }

    private async Task<IssuedTokens?> ForClientAsync(HandleTokenRequestContext context, OidcClient client)
    {
        if (await users.ExistsAsync(client.Id, context.CancellationToken))
        {
            // Whoever reads the token could take the client for the user (RFC 9068 §5).
            context.Reject(OAuthError.UnauthorizedClient, "The id of this client is the id of a user.");
            return null;
        }

        return await IssueAsync(
            context,
            client,
            new DirectGrant
            {
                ClientId = client.Id,
                Issuer = IssuerOf(context),
                Scopes = OidcScopes.GrantToClient(context.Request!.GetScopes(), client),
                IsForClient = true,
                Credential = MachineCredentials.Secret,
                ClientRegisteredAt = client.CreatedAt,
            },
            ResourcesOf(context, client)
        );
    }

    private async Task<IssuedTokens?> ForAssertionAsync(HandleTokenRequestContext context)
    {
        var assertion = context.Request!.Assertion ?? "";
        var verified = await assertions.OfServiceAccountAsync(assertion, Audiences.Of(IssuerOf(context)), context.CancellationToken);
        if (!verified.IsGood)
        {
            TokenReadingLog.BadAssertion(log, verified.Fault);
            context.Reject(OAuthError.InvalidGrant, verified.Fault);
            return null;
        }

        var (userId, keyId) = (verified.Token.Issuer, verified.Token.Kid);

        // A service account is its own client, and must not pass for a registered client or a project.
        return await registered.HasAsync(userId, context.CancellationToken)
            ? null
            : await ForServiceAccountAsync(context, userId, userId, MachineCredentials.Key(keyId));
    }

    private async Task<IssuedTokens?> IssueAsync(
        HandleTokenRequestContext context,
        OidcClient client,
        DirectGrant grant,
        ImmutableArray<string>? resources = null
    )
    {
        var id = RandomText.NewId();
        var tokens = NewTokens(context, id, client, grant.SessionId, refresh: false) with { Resources = resources };
        return new(await CallAsync(context, () => grains.TokenFamily(id).IssueAsync(grant, tokens)), tokens);
    }
}
