using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Answers <c>invalid_grant</c> to a request that redeems a code without the verifier that the code needs, as for a wrong one (RFC 7636
/// §4.6). OpenIddict by itself answers <c>invalid_request</c>.
/// </summary>
internal sealed class CodeVerifiers : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (
            context.AuthorizationCodePrincipal?.HasClaim(Claims.Private.CodeChallenge) == true
            && string.IsNullOrEmpty(context.Request!.CodeVerifier)
        )
        {
            context.Reject(OAuthError.InvalidGrant, "The code needs its code_verifier.");
        }

        return ValueTask.CompletedTask;
    }
}
