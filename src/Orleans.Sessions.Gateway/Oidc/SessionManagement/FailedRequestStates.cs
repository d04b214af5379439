using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Origins;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.SessionManagement;

/// <summary>
/// Tells the client the state of the browser with an error too (OpenID Connect Session Management 1.0 §2). This is about requests that are
/// refused before a login; <c>CallbackPage</c> tells it of all others.
/// </summary>
internal sealed class FailedRequestStates(BrowserStates states, PublicOrigin origin)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (
            states.AreKept
            && !string.IsNullOrEmpty(context.Error)
            && context.Request is { ClientId: { Length: > 0 } clientId } request
            && request.HasScope(Scopes.OpenId)
            && context.RedirectUri is { Length: > 0 } redirectUri
            && context.Transaction.GetHttpRequest() is { } http
            && BrowserStates.SessionState(clientId, redirectUri, BrowserStates.Read(http, origin.Of(http))) is { } sessionState
        )
        {
            context.Response["session_state"] = sessionState;
        }

        return ValueTask.CompletedTask;
    }
}
