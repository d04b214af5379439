using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.RequestObjects;

/// <summary>
/// Puts the parameters of a signed request object (<c>request</c>, RFC 9101, OpenID Connect Core §6) in the place of those beside it. From
/// then on the request is like any other, and a pushed one is stored like any other. It runs after <see cref="RepeatedParameters"/>, which
/// looks at what was really sent.
/// </summary>
internal sealed class SignedRequests(
    ClientDirectory clients,
    RequestObjectVerifier verifier,
    RequestParameters parameters,
    RequestLimits limits,
    PublicOrigin origin
) : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>, IOpenIddictServerHandler<ExtractPushedAuthorizationRequestContext>
{
    /// <summary>Who sends the request, which a client at the endpoint for pushed requests also proves.</summary>
    private static readonly string[] s_sender =
    [
        Parameters.ClientId,
        Parameters.ClientSecret,
        Parameters.ClientAssertion,
        Parameters.ClientAssertionType,
    ];

    /// <summary>OpenID Connect Core §6.1 wants them beside the object, so some clients have them only there.</summary>
    private static readonly string[] s_beside = [Parameters.ResponseType, Parameters.Scope];

    /// <summary>What must not differ, if both have it (OpenID Connect Core §6.1, RFC 9101 §5).</summary>
    private static readonly string[] s_same = [Parameters.ClientId, Parameters.ResponseType];

    public async ValueTask HandleAsync(ExtractAuthorizationRequestContext context)
    {
        if (await ReplaceAsync(context))
        {
            await parameters.HandleAsync(context);
        }
    }

    /// <summary>
    /// The client authenticates after this, so the object may be a stranger's. A bad one counts as a wrong credential. (At the other
    /// endpoint each request has counted as a visit.)
    /// </summary>
    public async ValueTask HandleAsync(ExtractPushedAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (context.Transaction.Request is { Request.Length: > 0 })
        {
            limits.EnsureMayTry(http);
        }

        if (await ReplaceAsync(context))
        {
            await parameters.HandleAsync(context);
        }
        else if (context.Error == OAuthError.InvalidRequestObject)
        {
            limits.Failed(http);
        }
    }

    /// <summary>Whether the request had a good request object, whose parameters it has now.</summary>
    private async Task<bool> ReplaceAsync(BaseValidatingContext context)
    {
        if (context.Transaction.Request is not { } request)
        {
            return false;
        }

        var client = await clients.FindAsync(request.ClientId, context.CancellationToken);
        if (request.Request is not { Length: > 0 } text)
        {
            // A pushed request was signed when it was pushed.
            if (client is { RequiresSignedRequests: true } && string.IsNullOrEmpty(request.RequestUri))
            {
                context.Reject(OAuthError.InvalidRequest, "This client must send its parameters in a signed request object (request).");
            }

            return false;
        }

        if (Unreadable(request, client) is var (error, description))
        {
            context.Reject(error, description);
            return false;
        }

        var issuer = origin.Of(context.Transaction.GetHttpRequest()!);
        var verified = await verifier.VerifyAsync(client!, text, issuer, context.CancellationToken);
        if (!verified.IsGood)
        {
            context.Reject(OAuthError.InvalidRequestObject, verified.Fault);
            return false;
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(verified.Token.EncodedPayload));
        var (signed, fault) = RequestObjectParameters.Of(claims.RootElement);
        if ((fault ?? ConflictOf(request, signed)) is { } broken)
        {
            context.Reject(OAuthError.InvalidRequestObject, broken);
            return false;
        }

        Replace(request, signed, isAllSigned: client!.RequiresSignedRequests);
        return true;
    }

    private static (string Error, string Description)? Unreadable(OpenIddictRequest request, OidcClient? client)
    {
        if (string.IsNullOrEmpty(request.ClientId))
        {
            return (OAuthError.InvalidRequest, "The client_id must stand beside the request object.");
        }

        if (!string.IsNullOrEmpty(request.RequestUri))
        {
            return (OAuthError.InvalidRequest, "A request has a request object (request) or a request_uri, not both.");
        }

        return client switch
        {
            null => (OAuthError.InvalidRequest, "The client is unknown."),
            { JsonWebKeys: null, JwksUri: null, Keys: null or { IsDefaultOrEmpty: true } } => (
                OAuthError.RequestNotSupported,
                "No keys are registered for this client, so it cannot sign request objects."
            ),
            _ => null,
        };
    }

    private static string? ConflictOf(OpenIddictRequest request, Dictionary<string, OpenIddictParameter> signed) =>
        s_same.FirstOrDefault(name =>
            signed.TryGetValue(name, out var inside) && (string?)request[name] is { Length: > 0 } beside && beside != (string?)inside
        )
            is { } other
            ? $"The {other} of the request object is not the one beside it."
            : null;

    private static void Replace(OpenIddictRequest request, Dictionary<string, OpenIddictParameter> signed, bool isAllSigned)
    {
        foreach (var (name, _) in request.GetParameters().ToList())
        {
            if (!s_sender.Contains(name, StringComparer.Ordinal) && (isAllSigned || !s_beside.Contains(name, StringComparer.Ordinal)))
            {
                request.RemoveParameter(name);
            }
        }

        foreach (var (name, value) in signed)
        {
            request.SetParameter(name, value);
        }
    }
}
