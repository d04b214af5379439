using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.Tokens;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>What the handlers of one request leave for later handlers of the same request (see <see cref="OidcPipeline"/>).</summary>
internal sealed class TransactionState
{
    private static readonly string s_property = typeof(TransactionState).FullName!;

    /// <summary>The client that sends the request; <c>null</c> if the request did not have to name a client.</summary>
    public AuthenticatedClient? Client { get; set; }

    /// <summary>The id of the pushed request that an authorization request refers to; <c>null</c> if the request was not pushed.</summary>
    public string? PushedRequest { get; set; }

    /// <summary>Whether an exchange of tokens asks for a JWT.</summary>
    public bool IsJwtRequested { get; set; }

    /// <summary>What the presented token stands for; <c>null</c> if the request presents no token of a token family.</summary>
    public TokenGrant? PresentedToken { get; set; }

    /// <summary>The key that the request proves; <c>null</c> if it proves none.</summary>
    public DpopProof? Proof { get; set; }

    /// <summary>The tokens that the request issues.</summary>
    public IssuedTokens IssuedTokens
    {
        get => field ?? throw new InvalidOperationException("The request has issued no tokens.");
        set;
    }

    /// <summary>The codes that the request issues for a device.</summary>
    public IssuedDeviceCodes IssuedDeviceCodes
    {
        get => field ?? throw new InvalidOperationException("The request has issued no device codes.");
        set;
    }

    /// <summary>
    /// The <c>WWW-Authenticate</c> header for a userinfo request whose token is not enough; <c>null</c> if OpenIddict's own header already
    /// says everything.
    /// </summary>
    public string? Challenge { get; set; }

    /// <summary>
    /// The last error of the error table for which something was rejected; <c>null</c> if there was none. The request may have been refused
    /// for another reason since, if what was rejected was not needed.
    /// </summary>
    public SessionError? Cause { get; set; }

    /// <summary>The state of a transaction. The first call creates it.</summary>
    public static TransactionState Of(OpenIddictServerTransaction transaction)
    {
        if (transaction.GetProperty<TransactionState>(s_property) is not { } state)
        {
            state = new TransactionState();
            transaction.SetProperty(s_property, state);
        }

        return state;
    }
}
