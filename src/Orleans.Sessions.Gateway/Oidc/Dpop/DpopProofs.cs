using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// Reads the DPoP proofs of requests (RFC 9449). A proof works once on all nodes. That is noted last, because it is a write: only after
/// everything else has turned out to be right, such as the code, or the key of the token.
/// </summary>
internal sealed class DpopProofs(
    DpopNonces nonces,
    ClientDirectory clients,
    PublicOrigin origin,
    Grains grains,
    IOptions<DpopOptions> options,
    TimeProvider clock
)
{
    /// <summary>The scheme of the <c>Authorization</c> header, and the type of tokens.</summary>
    public const string Scheme = "DPoP";

    /// <summary>The parameter of an authorization request that names the key of the code (RFC 9449 §10).</summary>
    public const string KeyParameter = "dpop_jkt";

    private const string Header = "DPoP";
    private const string NonceHeader = "DPoP-Nonce";
    private const int ThumbprintLength = 43;

    /// <summary>Whether the text has the form of a thumbprint.</summary>
    public static bool IsThumbprint(string text) =>
        text.Length == ThumbprintLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Fails with <c>AUTH-DpopB</c> or <c>AUTH-DpopK</c> unless a token is bound to the key that was proved, or to none.</summary>
    /// <param name="bound">The thumbprint of the token's key; <c>null</c> for a bearer token.</param>
    /// <param name="proved">The thumbprint of the proved key; <c>null</c> if the token was sent as a bearer token.</param>
    public static void EnsureHeld(string? bound, string? proved)
    {
        if (bound != proved)
        {
            throw new SessionException(proved is null ? SessionErrors.TokenBoundToKey : SessionErrors.TokenKeyOther);
        }
    }

    /// <summary>
    /// The proof of a request, which may have been used before; <c>null</c> if the request has none. Fails with <c>AUTH-Dpop1</c> to
    /// <c>AUTH-Dpop8</c>.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="accessToken">The access token that it presents; <c>null</c> if it asks for one.</param>
    public DpopProof? Find(HttpContext http, string? accessToken = null)
    {
        var header = http.Request.Headers[Header];
        if (header.Count == 0)
        {
            return null;
        }

        if (header is not [{ } proof])
        {
            throw new SessionException(SessionErrors.DpopProofMissing);
        }

        var address = $"{origin.Of(http.Request)}{http.Request.PathBase.ToUriComponent()}{http.Request.Path.ToUriComponent()}";
        return DpopProof.Read(
            proof,
            new DpopUse(http.Request.Method, address, accessToken),
            options.Value.ProofLifetime,
            clock.GetUtcNow()
        );
    }

    /// <summary>
    /// Fails with <c>AUTH-DpopN</c> if the client must repeat a nonce and did not. The answer has the next nonce.
    /// </summary>
    public async Task EnsureNonceAsync(HttpContext http, DpopProof proof, string? clientId, CancellationToken cancellationToken)
    {
        if (!await DemandsNonceAsync(clientId, cancellationToken))
        {
            return;
        }

        // An answer to a failure may clear the headers that were set before.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[NonceHeader] = nonces.Current;
            return Task.CompletedTask;
        });
        if (!nonces.IsCurrent(proof.Nonce))
        {
            throw new SessionException(SessionErrors.DpopNonceMissing);
        }
    }

    /// <summary>Uses up a proof. Fails with <c>AUTH-Dpop9</c> if it was used before, on any node.</summary>
    public async Task UseAsync(DpopProof proof, CancellationToken cancellationToken)
    {
        var until = proof.IssuedAt + options.Value.ProofLifetime + (2 * DpopProof.Skew);
        if (!await grains.TryUseAsync($"dpop\n{proof.Thumbprint}\n{proof.Id}", until, cancellationToken))
        {
            throw new SessionException(SessionErrors.DpopProofUsed);
        }
    }

    private async ValueTask<bool> DemandsNonceAsync(string? clientId, CancellationToken cancellationToken) =>
        options.Value.Nonces switch
        {
            DpopNonceDemand.Always => true,
            DpopNonceDemand.Never => false,
            _ => await clients.FindAsync(clientId, cancellationToken) is { } client && client.IsFapi(),
        };
}
