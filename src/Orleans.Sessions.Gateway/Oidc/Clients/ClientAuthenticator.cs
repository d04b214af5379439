using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>
/// Finds out which client sends a request, before any codes and tokens of the request are read. <see cref="ClientAssertions"/> has verified
/// assertions by then.
/// </summary>
internal sealed partial class ClientAuthenticator(
    ClientDirectory clients,
    RegisteredIds registered,
    ClientSecrets secrets,
    CertificateAuthentication certificates,
    RequestLimits limits,
    Grains grains,
    ILogger<ClientAuthenticator> log
) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        switch (context.EndpointType)
        {
            case OpenIddictServerEndpointType.Token when context.Request!.GrantType == OidcGrantTypes.JwtBearer:
                limits.EnsureMayTry(HttpOf(context));

                // The assertion contains all that is needed, but credentials sent along with it must be right (RFC 7523 §3.1).
                if (
                    (!string.IsNullOrEmpty(context.Request.ClientSecret) || context.ClientAssertion is not null)
                    && await AuthenticateAsync(context) is null
                )
                {
                    Refuse(context);
                }

                return;
            case OpenIddictServerEndpointType.Token
            or OpenIddictServerEndpointType.Introspection
            or OpenIddictServerEndpointType.Revocation
            or OpenIddictServerEndpointType.DeviceAuthorization
            or OpenIddictServerEndpointType.PushedAuthorization:
                break;
            default:
                return;
        }

        var client = await AuthenticateAsync(context);
        if (
            client is null
            || (
                context.EndpointType == OpenIddictServerEndpointType.Introspection
                && client.Client.Authentication == ClientAuthentication.None
            )
        )
        {
            Refuse(context);
            return;
        }

        TransactionState.Of(context.Transaction).Client = client;
        if (!client.IsProved)
        {
            // Anyone can claim to be this client.
            limits.EnsureMayTry(HttpOf(context));
            if (context.EndpointType is not OpenIddictServerEndpointType.Token)
            {
                limits.Visit(HttpOf(context));
            }
        }
    }

    private static HttpContext HttpOf(ProcessAuthenticationContext context) => context.Transaction.GetHttpRequest()!.HttpContext;

    private static void Refuse(ProcessAuthenticationContext context)
    {
        if (!context.IsRejected)
        {
            context.Reject(OAuthError.InvalidClient, "The client is unknown, or it did not authenticate.");
        }
    }

    private async Task<AuthenticatedClient?> AuthenticateAsync(ProcessAuthenticationContext context)
    {
        if (context.ClientId is not { Length: > 0 } clientId)
        {
            return null;
        }

        var client = await clients.FindAsync(clientId, context.CancellationToken);
        var secret = context.Request!.ClientSecret;
        if (client is null)
        {
            // The look-up of a service account searches all login names, so it counts as an attempt.
            limits.EnsureMayTry(HttpOf(context));
            return secret is { Length: > 0 } && await ServiceAccountAsync(clientId, secret, context.CancellationToken) is { } userId
                ? AuthenticatedClient.OfServiceAccount(clientId, userId)
                : null;
        }

        if (client.HasCertificate())
        {
            return await ByCertificateAsync(context, client);
        }

        var isProved = client.Authentication switch
        {
            ClientAuthentication.None => string.IsNullOrEmpty(secret) && context.ClientAssertion is null,
            ClientAuthentication.PrivateKeyJwt => context.ClientAssertionPrincipal is not null && string.IsNullOrEmpty(secret),
            _ => IsProved(HttpOf(context), client, secret),
        };
        return isProved ? new AuthenticatedClient(client) : null;
    }

    private async Task<AuthenticatedClient?> ByCertificateAsync(ProcessAuthenticationContext context, OidcClient client)
    {
        var http = HttpOf(context);
        string? fault;
        try
        {
            fault =
                string.IsNullOrEmpty(context.Request!.ClientSecret) && context.ClientAssertion is null
                    ? await certificates.FaultOfAsync(http, client, context.CancellationToken)
                    : "The client authenticates with a certificate, so it must send neither a secret nor an assertion.";
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.CertificateUnreadable)
        {
            fault = $"{exception.Error.Message}.";
        }

        if (fault is null)
        {
            return new AuthenticatedClient(client);
        }

        limits.EnsureMayTry(http);
        BadCertificate(log, client.Id, fault);
        context.Reject(OAuthError.InvalidClient, fault);
        return null;
    }

    [LoggerMessage(LogLevel.Information, "The certificate of client {ClientId} is refused: {Fault}")]
    private static partial void BadCertificate(ILogger log, string clientId, string fault);

    private bool IsProved(HttpContext http, OidcClient client, string? secret)
    {
        if (secrets.IsProved(http, client, secret))
        {
            return true;
        }

        if (!string.IsNullOrEmpty(secret))
        {
            limits.WrongSecret(http, client.Id);
        }

        return false;
    }

    /// <summary>The service account with this user name and secret; <c>null</c> if a client or a project has the name as its id.</summary>
    private async Task<string?> ServiceAccountAsync(string userName, string secret, CancellationToken cancellationToken)
    {
        var userId = await grains.CallAsync(() => grains.ServiceAccounts.AuthenticateAsync(userName, secret), cancellationToken);
        return userId is null || await registered.HasAsync(userName, cancellationToken) ? null : userId;
    }
}
