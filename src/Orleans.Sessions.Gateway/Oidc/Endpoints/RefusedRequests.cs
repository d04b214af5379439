using Microsoft.AspNetCore;
using OpenIddict.Server;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Oidc.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Counts protocol requests that were refused because of a missing or wrong proof, whichever handler refused them. Also takes the address
/// of OpenIddict's own documentation out of errors.
/// </summary>
internal sealed class RefusedRequests(RefusedCalls refused, ClientDirectory clients) : IOpenIddictServerHandler<ProcessErrorContext>
{
    public async ValueTask HandleAsync(ProcessErrorContext context)
    {
        context.ErrorUri = null;
        var kind = context.Error switch
        {
            OAuthError.InvalidClient or OAuthError.UnauthorizedClient => AuditKinds.ClientRefused,
            OAuthError.InvalidGrant
            or OAuthError.InvalidToken
            or OAuthError.AccessDenied
            or BearerChallenge.InsufficientAuthentication
            or DpopChallenge.InvalidProof => AuditKinds.GrantRefused,
            _ => null,
        };
        if (kind is not null && context.Transaction.GetHttpRequest()?.HttpContext is { } http)
        {
            // An id that is not registered could be any text, so it is not recorded.
            var client = context.Request?.ClientId is { Length: > 0 and <= 200 } id
                ? await clients.FindAsync(id, context.CancellationToken)
                : null;
            refused.Count(http, kind, context.Error!, client?.Id);
        }
    }
}
