using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Asks for a better login if the token's login is not enough for userinfo (RFC 9470 §3). OpenIddict does not know that error.
/// </summary>
internal sealed class UserInfoChallenge : IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (
            TransactionState.Of(context.Transaction).Challenge is { } challenge
            && context.Transaction.GetHttpRequest()?.HttpContext.Response is { } response
        )
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = challenge;
        }

        return ValueTask.CompletedTask;
    }
}
