using Microsoft.AspNetCore;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Errors;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// Reads the DPoP proof of a request before any codes and tokens of the request are read. At the token endpoint and for pushed requests the
/// client has authenticated by then. At userinfo the token decides later what the proof is worth.
/// </summary>
internal sealed class DpopRequests(DpopProofs proofs) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        try
        {
            switch (context.EndpointType)
            {
                case OpenIddictServerEndpointType.Token:
                    await ForTokensAsync(context);
                    break;
                case OpenIddictServerEndpointType.PushedAuthorization:
                    await ForCodeAsync(context);
                    break;
                case OpenIddictServerEndpointType.UserInfo:
                    ForUserInfo(context);
                    break;
            }
        }
        catch (SessionException exception) when (OAuthErrors.Of(exception.Error) is { } error)
        {
            var state = TransactionState.Of(context.Transaction);
            state.Challenge = DpopChallenge.Of(exception.Error);
            state.Cause = exception.Error;
            context.Reject(error, exception.Error.Message);
        }
    }

    /// <summary>The token endpoint uses up the proof, when it knows that the rest of the request is right.</summary>
    private async Task ForTokensAsync(ProcessAuthenticationContext context)
    {
        if (
            await FindAsync(context) is null
            && TransactionState.Of(context.Transaction).Client is { Client: var client }
            && client.DemandsDpop()
        )
        {
            throw new SessionException(SessionErrors.DpopProofMissing);
        }
    }

    /// <summary>The code will be bound to the key, as if the request had named the key (RFC 9449 §10.1).</summary>
    private async Task ForCodeAsync(ProcessAuthenticationContext context)
    {
        if (await FindAsync(context) is not { } proof)
        {
            return;
        }

        var request = context.Request!;
        if ((string?)request[DpopProofs.KeyParameter] is { Length: > 0 } named && named != proof.Thumbprint)
        {
            throw new SessionException(SessionErrors.TokenKeyOther);
        }

        await proofs.UseAsync(proof, context.CancellationToken);
        request.SetParameter(DpopProofs.KeyParameter, proof.Thumbprint);
    }

    private void ForUserInfo(ProcessAuthenticationContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (DpopTokens.Of(http.Request) is { } token)
        {
            TransactionState.Of(context.Transaction).Proof = proofs.Find(http, token)
                ?? throw new SessionException(SessionErrors.DpopProofMissing);
        }
    }

    private async Task<DpopProof?> FindAsync(ProcessAuthenticationContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var state = TransactionState.Of(context.Transaction);
        if (proofs.Find(http) is { } proof)
        {
            await proofs.EnsureNonceAsync(http, proof, state.Client?.Client.Id, context.CancellationToken);
            state.Proof = proof;
        }

        return state.Proof;
    }
}
