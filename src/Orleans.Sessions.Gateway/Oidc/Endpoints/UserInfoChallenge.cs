using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Asks for a better login if the token's login is not enough for userinfo (RFC 9470 §3). OpenIddict does not know that error. Also tells
/// an error in the body, where libraries look for it, and not only in the header. A request without a token gets no error (RFC 6750 §3.1).
/// </summary>
internal sealed class UserInfoChallenge : IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public async ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext is not { } http)
        {
            return;
        }

        if (TransactionState.Of(context.Transaction).Challenge is { } challenge)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = challenge;
        }

        if (context.Response.Error is { Length: > 0 } error && error != OAuthError.MissingToken)
        {
            var body = new Dictionary<string, string> { ["error"] = error };
            if (context.Response.ErrorDescription is { } description)
            {
                body["error_description"] = description;
            }

            await http.Response.WriteAsJsonAsync(body, http.RequestAborted);
            context.HandleRequest();
        }
    }
}
