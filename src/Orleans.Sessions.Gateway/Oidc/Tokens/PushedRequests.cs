using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Secrets;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Stores pushed requests, and gives clients a short reference to them (RFC 9126 §2.2). OpenIddict by itself gives the whole request as an
/// encrypted JWT, which is too long for the addresses that browsers and proxies take.
/// </summary>
internal sealed class PushedRequests(Grains grains, PublicOrigin origin, RequestLimits limits, IOptions<OidcProviderOptions> options)
    : IOpenIddictServerHandler<GenerateTokenContext>
{
    private const int MaxReference = 64;
    private const int MaxRequest = 32 * 1024;

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.Private.RequestToken || context.Token is not { } request)
        {
            return;
        }

        if (request.Length > MaxRequest)
        {
            context.Reject(OAuthError.InvalidRequest, "The request is too long.");
            return;
        }

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var client = TransactionState.Of(context.Transaction).Client!;
        limits.Store(http, client.Client.Id, StoredRequests.Bytes(request), client.IsProved);
        var id = RandomText.NewId();
        await grains.CallAsync(
            () =>
                grains
                    .AuthorizationRequest(id)
                    .PushAsync(client.Client.Id, origin.Of(http.Request), request, options.Value.PushedRequestLifetime),
            context.CancellationToken
        );
        context.Token = id;
    }

    /// <summary>The pushed request with this reference; <c>null</c> if there is none.</summary>
    public Task<string?> FindAsync(string reference, CancellationToken cancellationToken) =>
        reference.Length is > 0 and <= MaxReference && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? grains.CallAsync(() => grains.AuthorizationRequest(reference).FindPushedAsync(), cancellationToken)
            : Task.FromResult<string?>(null);
}
