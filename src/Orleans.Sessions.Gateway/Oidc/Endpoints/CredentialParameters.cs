using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Oidc;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Refuses a token request whose credentials do not fit together, or that lacks the credentials its grant needs (RFC 6749 §2.3, §4.4).
/// OpenIddict's own check does not know clients whose certificate comes through a proxy.
/// </summary>
internal sealed class CredentialParameters(ClientDirectory clients) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var request = context.Request!;
        var (hasSecret, hasAssertion, hasType) = (
            !string.IsNullOrEmpty(request.ClientSecret),
            !string.IsNullOrEmpty(request.ClientAssertion),
            !string.IsNullOrEmpty(request.ClientAssertionType)
        );
        if (hasAssertion != hasType)
        {
            context.Reject(OAuthError.InvalidRequest, "The client_assertion and the client_assertion_type must come together.");
        }
        else if (hasAssertion && hasSecret)
        {
            context.Reject(OAuthError.InvalidRequest, "A client must send a client_secret or a client_assertion, not both.");
        }
        else if (hasType && !context.Options.ClientAssertionTypes.Contains(request.ClientAssertionType!))
        {
            context.Reject(OAuthError.InvalidClient, "The client_assertion_type is not supported.");
        }
        else if (request.GrantType == OidcGrantTypes.ClientCredentials && !hasSecret && !hasAssertion)
        {
            var client = await clients.FindAsync(request.ClientId, context.CancellationToken);
            if (client?.HasCertificate() != true)
            {
                context.Reject(OAuthError.InvalidRequest, "The client_secret or the client_assertion is missing.");
            }
        }
    }
}
