using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
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

        if (request.Query.ContainsKey(Parameters.AccessToken))
        {
            context.Reject(OAuthError.InvalidRequest, "The access_token must not be in the address.");
        }
        else if (
            request.Headers.Authorization.Count > 1
            || (
                request.Headers.Authorization.Count == 1
                && HttpMethods.IsPost(request.Method)
                && request.HasFormContentType
                && request.Form.ContainsKey(Parameters.AccessToken)
            )
        )
        {
            context.Reject(OAuthError.InvalidRequest, "The access token must be sent once: in the header or in the form.");
        }

        return ValueTask.CompletedTask;
    }
}
