using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Reads the codes and tokens of requests for OpenIddict, which then checks that they fit the request. OpenIddict itself reads id token
/// hints and pushed requests: they are JWTs made with this installation's keys.
/// </summary>
internal sealed class TokenReading(
    Grains grains,
    ClientDirectory clients,
    AccessTokenVerifier accessTokens,
    ClientAssertions assertions,
    PersonalAccessTokens personalTokens,
    PushedRequests pushedRequests,
    DpopProofs proofs,
    PresentedCertificates certificates,
    ProjectDirectory projects,
    PublicOrigin origin,
    RequestLimits limits,
    ILogger<TokenReading> log
) : IOpenIddictServerHandler<ValidateTokenContext>
{
    private static readonly JsonWebTokenHandler s_handler = new() { MaximumTokenSizeInBytes = 16 * 1024 };

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        try
        {
            context.Principal = await ReadAsync(context);
        }
        catch (SessionException exception) when (OAuthErrors.Of(exception.Error) is { } error)
        {
            var state = TransactionState.Of(context.Transaction);
            state.Challenge = DpopChallenge.Of(exception.Error) ?? BearerChallenge.ForLevel(exception.Error);
            state.Cause = exception.Error;
            context.Reject(error, exception.Error.Message);
        }
    }

    private async Task<ClaimsPrincipal?> ReadAsync(ValidateTokenContext context)
    {
        var (token, cancellationToken) = (context.Token, context.CancellationToken);
        switch (context.ValidTokenTypes.Count == 1 ? context.ValidTokenTypes.Single() : null)
        {
            case { } type when IsExchange(context) && TokenExchange.SubjectTypes.Contains(type):
                // The exchange itself reads the token.
                return Principals.Session(type, "subject", TransactionState.Of(context.Transaction).Client?.Client.Id ?? "");
            case TokenTypeIdentifiers.IdentityToken:
                return SignedTokens.Read(s_handler, token) is { } hint && !AccessTokenVerifier.IsPlainAccessToken(hint)
                    ? null
                    : throw new SessionException(SessionErrors.TokenInvalid);
            case TokenTypeIdentifiers.Private.RequestToken:
                TransactionState.Of(context.Transaction).PushedRequest = token;
                context.Token = await pushedRequests.FindAsync(token, cancellationToken)
                    ?? throw new SessionException(SessionErrors.TokenInvalid);
                return null;
            case TokenTypeIdentifiers.Private.ClientAssertion:
                return await ClientAsync(context, token);
            case TokenTypeIdentifiers.Private.AuthorizationCode:
                return
                    OidcTokens.TryParse(token, OidcTokens.Code, out var id)
                    && await grains.CallAsync(() => grains.TokenFamily(id).PeekCodeAsync(token), cancellationToken) is var code
                    && await clients.IsRegisteredAsync(code.ClientId, code.ClientRegisteredAt, cancellationToken)
                    ? Principals.Code(code, TokenTypeIdentifiers.Private.AuthorizationCode)
                    : throw new SessionException(SessionErrors.AuthRequestCodeUsed);
            case TokenTypeIdentifiers.Private.DeviceCode:
                return
                    OidcTokens.TryParse(token, OidcTokens.Device, out id)
                    && await grains.CallAsync(() => grains.DeviceAuthorization(id).PollAsync(token), cancellationToken) is var device
                    && await clients.IsRegisteredAsync(device.ClientId, device.ClientRegisteredAt, cancellationToken)
                    ? Principals.Code(device, TokenTypeIdentifiers.Private.DeviceCode)
                    : throw new SessionException(SessionErrors.DeviceCodeInvalid);
            case TokenTypeIdentifiers.RefreshToken:
                return await RefreshTokenAsync(context, token);
            case TokenTypeIdentifiers.AccessToken:
                return await UserInfoTokenAsync(context, token);
            case null when context.EndpointType is OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation:
                return token.StartsWith(OidcTokens.Refresh, StringComparison.Ordinal)
                    ? await RefreshTokenAsync(context, token)
                    : await AccessTokenAsync(context, token);
            default:
                return null;
        }
    }

    private static bool IsExchange(ValidateTokenContext context) =>
        context.EndpointType is OpenIddictServerEndpointType.Token
        && context.Transaction.Request?.GrantType == OidcGrantTypes.TokenExchange;

    private async Task<ClaimsPrincipal?> ClientAsync(ValidateTokenContext context, string assertion)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var issuer = origin.Of(request);
        var verified = await assertions.OfClientAsync(
            assertion,
            issuer,
            Audiences.Of(issuer, request.Path.Value),
            context.CancellationToken
        );
        if (!verified.IsGood)
        {
            TokenReadingLog.BadAssertion(log, verified.Fault);
            context.Reject(OAuthError.InvalidClient, verified.Fault);
            return null;
        }

        var good = verified.Token;
        var principal = new ClaimsPrincipal(new ClaimsIdentity("assertion"));
        principal.SetClaim(Claims.Issuer, good.Issuer);
        principal.SetClaim(Claims.Subject, good.Subject);
        principal.SetAudiences([.. context.ValidAudiences.Take(1)]);
        principal.SetExpirationDate(new DateTimeOffset(good.ValidTo, TimeSpan.Zero));
        return principal.SetTokenType(TokenTypeIdentifiers.Private.ClientAssertion);
    }

    private async Task<ClaimsPrincipal> RefreshTokenAsync(ValidateTokenContext context, string token)
    {
        if (!OidcTokens.TryParse(token, OidcTokens.Refresh, out var id))
        {
            throw new SessionException(SessionErrors.RefreshTokenInvalid);
        }

        var isUse = context.EndpointType is not OpenIddictServerEndpointType.Introspection;
        var grant = await grains.CallAsync(() => grains.TokenFamily(id).PeekRefreshTokenAsync(token, isUse), context.CancellationToken);
        if (
            await clients.FindAsync(grant.ClientId, context.CancellationToken) is not { } client
            || !client.IsRegistration(grant.ClientId, grant.ClientRegisteredAt)
        )
        {
            throw new SessionException(SessionErrors.RefreshTokenInvalid);
        }

        // Introspection shows what the token is good for. For a use, the token endpoint decides that.
        grant = isUse ? grant : await projects.WidenAsync(grant.Within(client), client, context.CancellationToken);
        TransactionState.Of(context.Transaction).PresentedToken = grant;
        return Principals.Token(grant, TokenTypeIdentifiers.RefreshToken);
    }

    private async Task<ClaimsPrincipal> AccessTokenAsync(ValidateTokenContext context, string token)
    {
        var state = TransactionState.Of(context.Transaction);
        var isAsked = context.EndpointType is OpenIddictServerEndpointType.Introspection;
        var grant = PersonalAccessTokens.IsOne(token)
            ? await PersonalTokenAsync(context, token, isAsked ? state.Client?.Client : null)
            : await accessTokens.VerifyAsync(token, context.CancellationToken);
        state.PresentedToken = grant ?? throw new SessionException(SessionErrors.TokenInvalid);
        var principal = Principals.Token(grant, TokenTypeIdentifiers.AccessToken);

        if (isAsked && state.Client?.Client is { } asking && !grant.IsFor(asking))
        {
            TokenReadingLog.NotForAsker(log, grant.ClientId, asking.Id, string.Join(' ', grant.Audiences));
        }

        // A token for a project is meant for every application of the project. OpenIddict only knows clients.
        return isAsked && state.Client?.Client is { ProjectId: { } projectId } asker && grant.Audiences.Contains(projectId)
            ? principal.SetPresenters(grant.ClientId, asker.Id)
            : principal;
    }

    /// <summary>A personal access token is for whoever it is shown to. The endpoint for revocations does not know such tokens.</summary>
    private async Task<TokenGrant?> PersonalTokenAsync(ValidateTokenContext context, string token, OidcClient? asker) =>
        context.EndpointType is OpenIddictServerEndpointType.Revocation
            ? null
            : await personalTokens.VerifyAsync(token, asker, origin.Of(context.Transaction.GetHttpRequest()!), context.CancellationToken);

    /// <summary>At userinfo, session tokens and personal access tokens work for their users as well.</summary>
    private async Task<ClaimsPrincipal> UserInfoTokenAsync(ValidateTokenContext context, string token)
    {
        var (http, proof) = (context.Transaction.GetHttpRequest()!.HttpContext, TransactionState.Of(context.Transaction).Proof);
        limits.EnsureMayTry(http, token);
        if (!SessionToken.TryGetSessionId(token, out var sessionId))
        {
            var principal = await AccessTokenAsync(context, token);
            var grant = TransactionState.Of(context.Transaction).PresentedToken!;
            DpopProofs.EnsureHeld(grant.KeyThumbprint, proof?.Thumbprint);
            certificates.EnsureHeld(http, grant.CertificateThumbprint);
            if (proof is not null)
            {
                await proofs.EnsureNonceAsync(http, proof, grant.ClientId, context.CancellationToken);
                await proofs.UseAsync(proof, context.CancellationToken);
            }

            // There is nothing to tell about the user of a client's own token.
            return grant.IsForClient ? throw new SessionException(SessionErrors.TokenInvalid) : principal;
        }

        DpopProofs.EnsureHeld(bound: null, proof?.Thumbprint);
        var bearer = await grains.CallAsync(() => grains.Session(sessionId).AuthenticateAsync(token), context.CancellationToken);
        return Principals.Session(TokenTypeIdentifiers.AccessToken, bearer.UserId, bearer.UserId);
    }
}

internal static partial class TokenReadingLog
{
    [LoggerMessage(LogLevel.Information, "A signed assertion is refused: {Fault}")]
    public static partial void BadAssertion(ILogger log, string fault);

    [LoggerMessage(
        LogLevel.Information,
        "A token of client {ClientId} is not active for client {AskerId}: it is for {Audiences}. Name the asker in the client's "
            + "audiences, or put both into one project"
    )]
    public static partial void NotForAsker(ILogger log, string clientId, string askerId, string audiences);
}
