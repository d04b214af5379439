using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Tells the client what is wrong with its request (RFC 6749 §4.1.2.1). OpenIddict by itself tells only the person. This needs a known
/// client and one of its registered redirect URIs; otherwise the person gets the message.
/// </summary>
internal sealed class AuthorizationErrors(ClientDirectory clients)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
        IOpenIddictServerHandler<ApplyPushedAuthorizationResponseContext>
{
    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (string.IsNullOrEmpty(context.Error))
        {
            return;
        }

        Rename(context.Response, context.Request);
        if (
            context.RedirectUri is null
            && context.Request is { RedirectUri: { Length: > 0 } uri } request
            && await clients.FindAsync(request.ClientId, context.CancellationToken) is { } client
            && RedirectUris.AreOf(client, uri)
        )
        {
            context.RedirectUri = uri;
        }

        if (context.ResponseMode is not (ResponseModes.Query or ResponseModes.Fragment or ResponseModes.FormPost))
        {
            // The request names an unknown response mode, or its response type has no default mode.
            context.ResponseMode = ResponseModes.Query;
        }
    }

    public ValueTask HandleAsync(ApplyPushedAuthorizationResponseContext context)
    {
        Rename(context.Response, context.Request);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// OpenIddict reports bad hints and bad pushed requests as bad tokens. These endpoints do not have that error (OpenID Connect Core
    /// §3.1.2.6), so it is renamed.
    /// </summary>
    private static void Rename(OpenIddictResponse response, OpenIddictRequest? request)
    {
        if (response.Error == OAuthError.InvalidToken)
        {
            response.Error = string.IsNullOrEmpty(request?.RequestUri) ? OAuthError.InvalidRequest : OAuthError.InvalidRequestUri;
        }
    }
}
