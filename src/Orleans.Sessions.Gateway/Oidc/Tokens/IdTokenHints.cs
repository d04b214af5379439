using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Refuses a request whose <c>id_token_hint</c> is not a good id token of this service and client. OpenIddict by itself would ignore the
/// hint, and then another user than the client means could log in.
/// </summary>
internal sealed class IdTokenHints : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        context.RejectIdentityToken |= context.ExtractIdentityToken;
        return ValueTask.CompletedTask;
    }
}
