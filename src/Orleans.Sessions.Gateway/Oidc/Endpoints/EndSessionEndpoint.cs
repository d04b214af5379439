using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Logouts;
using Orleans.Sessions.Gateway.Oidc.SessionManagement;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Pages;
using Orleans.Sessions.Gateway.Saml.Logouts;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Logout that a client starts. With an id token as hint, the session of that token ends at once. Without a hint it is not known which
/// session is meant, so the login frontend asks the person.
/// </summary>
internal sealed class EndSessionEndpoint(
    LogoutPropagation samlLogout,
    FrontChannelLogout frontChannel,
    BrowserStates states,
    ClientDirectory clients,
    PublicOrigin origin,
    LoginPages pages
) : IOpenIddictServerHandler<ValidateEndSessionRequestContext>, IOpenIddictServerHandler<HandleEndSessionRequestContext>
{
    /// <summary>The page for a logout whose client names no page of its own.</summary>
    public const string DonePage = "/logout/done";

    private const int MaxState = 4096;

    public async ValueTask HandleAsync(ValidateEndSessionRequestContext context)
    {
        if (context.Request!.State?.Length > MaxState)
        {
            context.Reject(OAuthError.InvalidRequest, "The state is too long.");
            return;
        }

        if (context.Request.PostLogoutRedirectUri is not { Length: > 0 } uri)
        {
            return;
        }

        if (string.IsNullOrEmpty(context.ClientId) && context.IdentityTokenHintPrincipal is null)
        {
            // Nobody says whose address it is. The logout page is shown all the same, and does not lead there.
            return;
        }

        var client = await clients.FindAsync(ClientOf(context.ClientId, context.IdentityTokenHintPrincipal), context.CancellationToken);
        if (client is null || !client.PostLogoutRedirectUris.Contains(uri, StringComparer.Ordinal))
        {
            context.Reject(OAuthError.InvalidRequest, "The post_logout_redirect_uri is not registered for this client.");
        }
    }

    public async ValueTask HandleAsync(HandleEndSessionRequestContext context)
    {
        var request = context.Request!;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var issuer = origin.Of(http.Request);
        if (context.IdentityTokenHintPrincipal?.GetClaim("sid") is { Length: > 0 } sessionId)
        {
            var end = request.PostLogoutRedirectUri is { Length: > 0 } uri
                ? UrlParameters.Add(uri, ("state", request.State))
                : $"{issuer}{DonePage}";

            states.Clear(http, issuer, sessionId);

            // The browser carries the logout to SAML's service providers, which it visits first, and to the frames of clients.
            await samlLogout.StartAsync(
                http,
                sessionId,
                await frontChannel.AddressAsync(issuer, sessionId, end, context.CancellationToken)
            );
        }
        else
        {
            // Whoever stays signed in gets the state again with the next login of an application, which needs no page.
            states.Clear(http, issuer, sessionId: null);
            var client = await clients.FindAsync(ClientOf(request.ClientId, context.IdentityTokenHintPrincipal), context.CancellationToken);
            var back =
                client is not null && request.PostLogoutRedirectUri is { Length: > 0 } uri
                    ? UrlParameters.Add(uri, ("state", request.State))
                    : null;
            http.Response.Redirect(
                UrlParameters.Add(
                    await pages.NeighbourAsync(issuer, client?.LoginUri, "logout", context.CancellationToken),
                    ("post_logout_redirect", back),
                    ("post_logout_redirect_uri", back),
                    ("logout_hint", (string?)request["logout_hint"]),
                    ("ui_locales", request.UiLocales)
                )
            );
        }

        context.HandleRequest();
    }

    /// <summary>The page itself.</summary>
    public static Task DoneAsync(HttpContext http) => MessagePage.WriteAsync(http, StatusCodes.Status200OK, PageTexts.SignedOut);

    private static string? ClientOf(string? clientId, System.Security.Claims.ClaimsPrincipal? hint) =>
        clientId is { Length: > 0 } ? clientId : hint?.GetClaim(Claims.AuthorizedParty);
}
