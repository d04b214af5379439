using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Demands;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Issues tokens. OpenIddict has matched client, code, redirect URI and PKCE by then. The token family decides whether there are tokens,
/// and makes them durable.
/// </summary>
internal sealed partial class TokenEndpoint(
    Grains grains,
    RegisteredIds registered,
    ClientAssertions assertions,
    ProjectDirectory projects,
    DpopProofs proofs,
    PresentedCertificates certificates,
    KeyRing keys,
    TokenClaims claims,
    UserClaims users,
    TokenExchange exchange,
    PublicOrigin origin,
    IOptions<OidcProviderOptions> options,
    TimeProvider clock,
    ILogger<TokenEndpoint> log
) : IOpenIddictServerHandler<HandleTokenRequestContext>, IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    private readonly OidcProviderOptions _options = options.Value;

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var grantType = context.Request!.GrantType!;
        var client = TransactionState.Of(context.Transaction).Client;
        if (client is not null && !client.Client.Allows(grantType))
        {
            context.Reject(OAuthError.UnauthorizedClient, "This client may not use this grant type.");
            return;
        }

        if (client is not null && !ResourceIndicators.AreOf(client.Client, ResourceIndicators.Of(client.Client, context.Request!)))
        {
            context.Reject(OAuthError.InvalidTarget, "A resource is not registered for this client.");
            return;
        }

        try
        {
            var issued = grantType switch
            {
                OidcGrantTypes.AuthorizationCode => await RedeemCodeAsync(context, client!.Client),
                OidcGrantTypes.RefreshToken => await RefreshAsync(context, client!.Client),
                OidcGrantTypes.DeviceCode => await RedeemDeviceAsync(context, client!.Client),
                OidcGrantTypes.TokenExchange => await ExchangeAsync(context, client!.Client),
                OidcGrantTypes.ClientCredentials when client is { UserId: { } userId } => await ForServiceAccountAsync(
                    context,
                    userId,
                    client.Client.Id,
                    MachineCredentials.Secret
                ),
                OidcGrantTypes.ClientCredentials => await ForClientAsync(context, client!.Client),
                OidcGrantTypes.JwtBearer => await ForAssertionAsync(context),
                _ => null,
            };
            if (issued is null)
            {
                if (!context.IsRejected)
                {
                    context.Reject(OAuthError.InvalidGrant, "The grant is not valid.");
                }

                return;
            }

            issued = await CompletedAsync(context, issued, client is { UserId: null } ? client.Client : null);
            TransactionState.Of(context.Transaction).IssuedTokens = issued;
            context.Principal = Principals.Granted(issued, _options, clock.GetUtcNow());
        }
        catch (SessionException exception) when (OAuthErrors.Of(exception.Error) is { } error)
        {
            TransactionState.Of(context.Transaction).Cause = exception.Error;
            context.Reject(error == OAuthError.InvalidToken ? OAuthError.InvalidGrant : error, exception.Error.Message);
        }
    }

    /// <summary>
    /// Names the scope if it is smaller than the requested scope (RFC 6749 §5.1), and the type of the token. OpenIddict by itself does not
    /// do that for a token exchange.
    /// </summary>
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (
            context.Request?.GrantType == OidcGrantTypes.TokenExchange
            && string.IsNullOrEmpty(context.Error)
            && TransactionState.Of(context.Transaction).IssuedTokens.Grant.Scopes is { IsEmpty: false } scopes
        )
        {
            context.Response.Scope = string.Join(' ', scopes);
        }

        if (TransactionState.Of(context.Transaction).IsJwtRequested && string.IsNullOrEmpty(context.Error))
        {
            context.Response.IssuedTokenType = TokenExchange.JwtType;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The tokens with the audiences of the client's project, and with the claims that the client's registration adds.</summary>
    private async Task<IssuedTokens> CompletedAsync(HandleTokenRequestContext context, IssuedTokens issued, OidcClient? client)
    {
        issued = issued with
        {
            IsPlainJwt = _options.PlainJwt || client?.AccessTokenType == AccessTokenType.PlainJwt,
            IdTokenSigner = keys.Current.SignerOf(client?.WantedIdTokenAlgorithms() ?? []),
            AccessTokenSigner = keys.Current.SignerOf(client?.WantedAccessTokenAlgorithms() ?? []),
        };
        if (client is null)
        {
            return await claims.OfServiceAccountAsync(issued, context.CancellationToken);
        }

        var grant = issued.Grant.Within(client);
        issued = issued with
        {
            IdTokenAudiences = await IdTokenAudiencesAsync(grant, client, context.CancellationToken),
            Grant = await projects.WidenAsync(grant, client, context.CancellationToken),
        };
        return await claims.OfClientAsync(issued, client, context.CancellationToken);
    }

    /// <summary>
    /// The client, and what else its project and the scopes name. The audiences of its registration are those of access tokens: one who
    /// only serves an API must not be able to log in with the ID token.
    /// </summary>
    private async ValueTask<ImmutableArray<string>> IdTokenAudiencesAsync(
        TokenGrant grant,
        OidcClient client,
        CancellationToken cancellationToken
    ) =>
        client.ProjectId is null || !grant.Resources.IsDefaultOrEmpty
            ? [client.Id]
            : (await projects.WidenAsync(grant, client with { Audiences = null }, cancellationToken)).Audiences;

    private async Task<IssuedTokens?> RedeemCodeAsync(HandleTokenRequestContext context, OidcClient client)
    {
        var code = context.Request!.Code!;
        if (!OidcTokens.TryParse(code, OidcTokens.Code, out var id))
        {
            return null;
        }

        var principal = context.AuthorizationCodePrincipal!;
        if (!principal.HasClaim(Claims.Private.CodeChallenge) && _options.DemandsPkce(client))
        {
            // The client's registration, or the setting, has changed since the login began.
            return null;
        }

        var tokens = NewTokens(context, id, client, principal, refresh: principal.HasScope(Scopes.OfflineAccess)) with
        {
            Resources = ResourcesOf(context, client),
        };
        return new(await CallAsync(context, () => grains.TokenFamily(id).RedeemCodeAsync(code, tokens)), tokens);
    }

    private async Task<IssuedTokens?> RedeemDeviceAsync(HandleTokenRequestContext context, OidcClient client)
    {
        var code = context.Request!.DeviceCode!;
        if (!OidcTokens.TryParse(code, OidcTokens.Device, out var id))
        {
            return null;
        }

        var principal = context.DeviceCodePrincipal!;
        var tokens = NewTokens(context, id, client, principal, refresh: principal.HasScope(Scopes.OfflineAccess));
        return new(await CallAsync(context, () => grains.DeviceAuthorization(id).RedeemAsync(code, tokens)), tokens);
    }

    private async Task<IssuedTokens?> RefreshAsync(HandleTokenRequestContext context, OidcClient client)
    {
        var refreshToken = context.Request!.RefreshToken!;
        if (!OidcTokens.TryParse(refreshToken, OidcTokens.Refresh, out var id))
        {
            return null;
        }

        // Tokens that are bound to a key need no rotation, and a lost answer costs nobody a login (FAPI 2.0 security profile §5.3.2.1).
        var isKept = client.IsFapi();
        var tokens = NewTokens(context, id, client, context.RefreshTokenPrincipal!, refresh: !isKept) with
        {
            KeepsRefreshToken = isKept,
            Resources = ResourcesOf(context, client),
        };
        if (!string.IsNullOrEmpty(context.Request.Scope))
        {
            // Many clients repeat the scope of their login, so what was left out there is left out here.
            var scopes = OidcScopes.Grant(context.Request.GetScopes(), client, mayRefresh: true);
            if (scopes.IsEmpty || !scopes.All(scope => context.RefreshTokenPrincipal!.HasScope(scope)))
            {
                context.Reject(OAuthError.InvalidScope, "The scope exceeds the scope that was granted.");
                return null;
            }

            tokens = tokens with { Scopes = OidcScopes.Within(scopes, client) };
        }

        var grant = await CallAsync(context, () => grains.TokenFamily(id).RefreshAsync(refreshToken, tokens));

        // The nonce belongs to the answer to the login (OpenID Connect Core §12.2).
        return new(grant with { Nonce = null, RefreshToken = isKept ? refreshToken : grant.RefreshToken }, tokens);
    }

    /// <summary>Tokens for the granted scopes, without audiences that the client has lost since.</summary>
    private NewTokens NewTokens(
        HandleTokenRequestContext context,
        string authorizationId,
        OidcClient client,
        ClaimsPrincipal granted,
        bool refresh
    )
    {
        var scopes = granted.GetScopes();
        var left = OidcScopes.Within(scopes, client);
        return NewTokens(context, authorizationId, client, granted.GetClaim(Principals.SessionId), refresh) with
        {
            Scopes = left == scopes ? null : left,
        };
    }

    private NewTokens NewTokens(
        HandleTokenRequestContext context,
        string authorizationId,
        OidcClient client,
        string? sessionId,
        bool refresh
    )
    {
        var tokenId = RandomText.NewId();
        return new NewTokens
        {
            AccessTokenId = tokenId,
            AccessToken =
                client.AccessTokenType == AccessTokenType.Opaque ? OidcTokens.CreateAccess(authorizationId, tokenId, sessionId) : null,
            AccessTokenLifetime = _options.AccessTokenLifetime,
            RefreshSecret = refresh ? RandomText.NewSecret() : null,
            RefreshTokenIdle = _options.RefreshTokenIdle,
            RefreshTokenLifetime = _options.RefreshTokenLifetime,
            KeyThumbprint = TransactionState.Of(context.Transaction).Proof?.Thumbprint,
            CertificateThumbprint = certificates.BindingOf(context.Transaction.GetHttpRequest()!.HttpContext, client),
            BindsRefreshToken = client.Authentication == ClientAuthentication.None,
        };
    }

    /// <summary>Issues the tokens. The proof of the request is used up last, when everything else has turned out to be right.</summary>
    private async Task<TokenGrant> CallAsync(HandleTokenRequestContext context, Func<Task<TokenGrant>> call)
    {
        if (TransactionState.Of(context.Transaction).Proof is { } proof)
        {
            await proofs.UseAsync(proof, context.CancellationToken);
        }

        return await grains.CallAsync(call, context.CancellationToken);
    }

    private static ImmutableArray<string>? ResourcesOf(HandleTokenRequestContext context, OidcClient client) =>
        ResourceIndicators.Of(client, context.Request!) is { IsEmpty: false } resources ? resources : null;

    private string IssuerOf(HandleTokenRequestContext context) => origin.Of(context.Transaction.GetHttpRequest()!);
}
