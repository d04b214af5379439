using System.Collections.Immutable;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Demands;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>Stores a checked authorization request and sends the browser to the login frontend with its id.</summary>
internal sealed class AuthorizationEndpoint(
    Grains grains,
    ClientDirectory clients,
    PublicOrigin origin,
    LoginPages pages,
    RequestLimits limits
) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var request = context.Request!;
        if (await clients.FindAsync(request.ClientId, context.CancellationToken) is not { } client)
        {
            context.Reject(OAuthError.InvalidRequest, "The client is unknown.");
            return;
        }

        if (!HasRoomFor(http, client, request))
        {
            // The application gets the error, because it can show more than an error page (RFC 6749 §4.1.2.1).
            context.Reject(OAuthError.TemporarilyUnavailable, SessionErrors.TooManyRequests.Message);
            return;
        }

        var claims = RequestedClaims.Of(request);
        var hint = context.IdentityTokenHintPrincipal?.GetClaim(Claims.Subject);
        if (hint is not null && claims.Subject is { } wanted && wanted != hint)
        {
            context.Reject(OAuthError.InvalidRequest, "The id_token_hint and the sub of the claims name different users.");
            return;
        }

        var pushed = TransactionState.Of(context.Transaction).PushedRequest;
        var id = pushed ?? RandomText.NewId();
        var issuer = origin.Of(http.Request);
        var pending = Pending(client, issuer, request, claims, hint ?? claims.Subject);
        if (pushed is null)
        {
            await grains.CallAsync(() => grains.AuthorizationRequest(id).StartAsync(pending), context.CancellationToken);
        }
        else if (!await grains.CallAsync(() => grains.AuthorizationRequest(id).StartPushedAsync(pending), context.CancellationToken))
        {
            // RFC 9126 §7.3: someone who saw the request_uri in transit must not start another login with it. Until its login ends, people
            // may open the address again.
            context.Reject(OAuthError.InvalidRequestUri, "The request_uri has already been used.");
            return;
        }

        var page = await pages.LoginAsync(issuer, client.LoginUri, context.CancellationToken);
        http.Response.Redirect(UrlParameters.Add(page, ("authRequest", AuthRequestIds.Of(id))));
        context.HandleRequest();
    }

    /// <summary>Counts the bytes that the request stores, and returns whether the limits allow them.</summary>
    private bool HasRoomFor(HttpContext http, OidcClient client, OpenIddictRequest request)
    {
        try
        {
            limits.Store(
                http,
                client.Id,
                StoredRequests.Bytes(
                    request.State,
                    request.Nonce,
                    request.LoginHint,
                    request.UiLocales,
                    request.AcrValues,
                    request.Scope,
                    request.RedirectUri,
                    request.CodeChallenge,
                    (string?)request[Parameters.Claims],
                    ResourceIndicators.Text(request)
                )
            );
            return true;
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.TooManyRequests)
        {
            return false;
        }
    }

    private static AuthorizationRequest Pending(
        OidcClient client,
        string issuer,
        OpenIddictRequest request,
        RequestedClaims claims,
        string? hintUserId
    ) =>
        new()
        {
            ClientId = client.Id,
            Issuer = issuer,
            RedirectUri = AuthorizationParameters.RedirectUri(client, request),
            Scopes = OidcScopes.Grant(request.GetScopes(), client, client.Allows(OidcGrantTypes.RefreshToken)),
            ResponseMode = request.ResponseMode is { Length: > 0 } mode ? mode : ResponseModes.Query,
            State = request.State,
            Nonce = request.Nonce,
            CodeChallenge = string.IsNullOrEmpty(request.CodeChallenge) ? null : request.CodeChallenge,
            Prompts = request.GetPromptValues(),
            UiLocales = [.. (request.UiLocales ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            LoginHint = request.LoginHint,
            HintUserId = hintUserId,
            MaxAge = request.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            AcrValues = AuthorizationParameters.AcrValues(request),
            AcrNames = AuthorizationParameters.AcrNames(request),
            MinimumAcr = client.MinimumAcr,
            LoginClientId = client.LoginClientId,
            ClientRegisteredAt = client.CreatedAt,
            RedirectUriOmitted = string.IsNullOrEmpty(request.RedirectUri),
            KeyThumbprint = (string?)request[DpopProofs.KeyParameter] is { Length: > 0 } key ? key : null,
            IdTokenClaims = Given(claims.InIdToken),
            UserInfoClaims = Given(claims.InUserInfo),
            Resources = Given(ResourceIndicators.Of(client, request)),
        };

    private static ImmutableArray<string>? Given(ImmutableArray<string> texts) => texts.IsEmpty ? null : texts;
}
