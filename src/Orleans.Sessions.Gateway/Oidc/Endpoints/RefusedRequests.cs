using Microsoft.AspNetCore;
using OpenIddict.Server;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Oidc.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Logs protocol requests that were refused, whichever handler refused them, and counts those with a missing or wrong proof. Also takes the
/// address of OpenIddict's own documentation out of errors.
/// </summary>
internal sealed class RefusedRequests(RefusedCalls refused, RefusalLog log, ClientDirectory clients)
    : IOpenIddictServerHandler<ProcessErrorContext>
{
    public async ValueTask HandleAsync(ProcessErrorContext context)
    {
        context.ErrorUri = null;

        // A device asks every few seconds until the person has answered. That it must wait is no refusal.
        if (
            context.Error is not { } error
            || error == OAuthError.AuthorizationPending
            || context.Transaction.GetHttpRequest()?.HttpContext is not { } http
        )
        {
            return;
        }

        // An id that is not registered could be any text, so it is not recorded.
        var client = context.Request?.ClientId is { Length: > 0 and <= 200 } id
            ? await clients.FindAsync(id, context.CancellationToken)
            : null;
        var cause = TransactionState.Of(context.Transaction).Cause;
        log.Refused(http, error, cause?.Message == context.ErrorDescription ? cause : null, client?.Id);
        if (KindOf(error) is { } kind)
        {
            refused.Count(http, kind, error, client?.Id);
        }
    }

    private static AuditKind? KindOf(string error) =>
        error switch
        {
            OAuthError.InvalidClient or OAuthError.UnauthorizedClient => AuditKinds.ClientRefused,
            OAuthError.InvalidGrant
            or OAuthError.InvalidToken
            or OAuthError.AccessDenied
            or BearerChallenge.InsufficientAuthentication
            or DpopChallenge.InvalidProof => AuditKinds.GrantRefused,
            _ => null,
        };
}
