using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Refuses a userinfo request whose access token is in the address, where logs keep it, or in more than one place (RFC 6750 §2). OpenIddict
/// by itself takes any of them.
/// </summary>
internal sealed class UserInfoToken : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        if (context.Transaction.GetHttpRequest() is not { } request)
        {
            return ValueTask.CompletedTask;
        }

        // A parameter without a value is as good as none (RFC 6749 §3.1).
        if (!StringValues.IsNullOrEmpty(request.Query[Parameters.AccessToken]))
        {
            context.Reject(OAuthError.InvalidRequest, "The access_token must not be in the address.");
        }
        else if (
            request.Headers.Authorization.Count > 1
            || (
                request.Headers.Authorization.Count == 1
                && HttpMethods.IsPost(request.Method)
                && request.HasFormContentType
                && !StringValues.IsNullOrEmpty(request.Form[Parameters.AccessToken])
            )
        )
        {
            context.Reject(OAuthError.InvalidRequest, "The access token must be sent once: in the header or in the form.");
        }

        return ValueTask.CompletedTask;
    }
}
