using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Demands;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// The rules for an authorization request, pushed or not, beyond those of the protocol, which OpenIddict has checked by then: a known
/// client, exactly one of its redirect URIs, PKCE if it is required, and sizes that can be stored.
/// </summary>
internal sealed class AuthorizationParameters(ClientDirectory clients, IOptions<OidcProviderOptions> options)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    private const int MaxState = 4096;
    private const int MaxTogether = 4096;
    private const int MaxText = 1000;
    private const int MaxScopes = 50;
    private const int MaxAge = 315_360_000;

    /// <summary>OpenID Connect Core Unmet Authentication Requirements 1.0.</summary>
    private const string UnmetRequirements = "unmet_authentication_requirements";

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var client = await clients.FindAsync(context.ClientId, context.CancellationToken);
        if (Unanswerable(client, context.Request!) is { } fault)
        {
            // There is no trusted address to send an answer to.
            context.Reject(OAuthError.InvalidRequest, fault);
            return;
        }

        context.SetRedirectUri(RedirectUri(client!, context.Request!));
        if (client!.DemandsPushedRequests() && context.RequestTokenPrincipal is null)
        {
            context.Reject(OAuthError.InvalidRequest, "This client must push its requests.");
        }
        else if (Refusal(client, context.Request) is var (error, description))
        {
            context.Reject(error, description);
        }
    }

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        var client = TransactionState.Of(context.Transaction).Client?.Client;
        if (Unanswerable(client, context.Request!) is { } fault)
        {
            context.Reject(OAuthError.InvalidRequest, fault);
        }
        else if (Refusal(client!, context.Request!) is var (error, description))
        {
            context.Reject(error, description);
        }
        else
        {
            context.SetRedirectUri(RedirectUri(client!, context.Request!));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The requested levels of assurance that are known here. Unknown ones are ignored, as the protocol allows.</summary>
    public static ImmutableArray<string> AcrValues(OpenIddictRequest request) =>
        [.. Levels(request).Select(AuthenticationContext.Normalize).OfType<string>().Distinct()];

    /// <summary>The requested levels that are known here by another name; <c>null</c> if there are none.</summary>
    public static ImmutableArray<string>? AcrNames(OpenIddictRequest request) =>
        Levels(request).Where(name => AuthenticationContext.Normalize(name) is { } level && level != name).ToImmutableArray()
            is { IsEmpty: false } names
            ? names
            : null;

    /// <summary>The redirect URI of the answer. A client with one registered URI need not name it.</summary>
    public static string RedirectUri(OidcClient client, OpenIddictRequest request) =>
        request.RedirectUri is { Length: > 0 } uri ? uri : client.RedirectUris[0];

    /// <summary>What the claims say about the level is meant more than <c>acr_values</c>.</summary>
    private static ImmutableArray<string> Levels(OpenIddictRequest request) =>
        RequestedClaims.Of(request).AcrValues is { IsEmpty: false } levels ? levels : request.GetAcrValues();

    private static string? Unanswerable(OidcClient? client, OpenIddictRequest request)
    {
        if (client is null)
        {
            return "The client is unknown.";
        }

        return request.RedirectUri switch
        {
            // FAPI 2.0 security profile §5.3.2.2: such a client always names it.
            null or "" when client.RedirectUris.Length == 1 && !request.HasScope(Scopes.OpenId) && !client.IsFapi() => null,
            { } uri when RedirectUris.AreOf(client, uri) => null,
            _ => "The redirect_uri is not registered for this client.",
        };
    }

    private static string ClaimsOf(OpenIddictRequest request) => (string?)request[Parameters.Claims] ?? "";

    private (string Error, string Description)? Refusal(OidcClient client, OpenIddictRequest request) =>
        RefusalOfFlow(client, request) ?? RefusalOfSize(request) ?? RefusalOfDemands(client, request);

    /// <summary>The flow, PKCE, DPoP and the prompt.</summary>
    private (string Error, string Description)? RefusalOfFlow(OidcClient client, OpenIddictRequest request)
    {
        if (!client.Allows(OidcGrantTypes.AuthorizationCode))
        {
            return (OAuthError.UnauthorizedClient, "This client may not use the authorization code flow.");
        }

        if (string.IsNullOrEmpty(request.CodeChallenge) && options.Value.DemandsPkce(client))
        {
            return (OAuthError.InvalidRequest, "This client must send a code_challenge (S256).");
        }

        if (request.CodeChallenge is { Length: > 0 and not 43 })
        {
            return (OAuthError.InvalidRequest, "The code_challenge does not have the form of S256.");
        }

        if ((string?)request[DpopProofs.KeyParameter] is { Length: > 0 } key && !DpopProofs.IsThumbprint(key))
        {
            return (OAuthError.InvalidRequest, "The dpop_jkt must be the SHA-256 thumbprint of a key: 43 characters of base64url.");
        }

        // OpenIddict does not count create, which is younger (OpenID Connect Core §3.1.2.1).
        return request.GetPromptValues() is { Length: > 1 } prompts && prompts.Contains(PromptValues.None)
            ? (OAuthError.InvalidRequest, "The prompt none excludes all others.")
            : null;
    }

    /// <summary>Anyone can make this service store such a request, for as long as a login may take.</summary>
    private static (string Error, string Description)? RefusalOfSize(OpenIddictRequest request)
    {
        var isTooLarge =
            request.State?.Length > MaxState
            || request.Nonce?.Length > MaxText
            || request.LoginHint?.Length > MaxText
            || request.UiLocales?.Length > MaxText
            || request.AcrValues?.Length > MaxText
            || request.Scope?.Length > MaxState
            || ClaimsOf(request).Length > MaxState
            || ResourceIndicators.Text(request).Length > MaxState
            || request.GetScopes().Length > MaxScopes;
        if (isTooLarge)
        {
            return (OAuthError.InvalidRequest, "A parameter is too long.");
        }

        string?[] stored =
        [
            request.State,
            request.Nonce,
            request.LoginHint,
            request.UiLocales,
            request.AcrValues,
            request.Scope,
            ClaimsOf(request),
            ResourceIndicators.Text(request),
        ];
        return stored.Sum(text => text?.Length ?? 0) > MaxTogether
            ? (
                OAuthError.InvalidRequest,
                "The state, nonce, login_hint, ui_locales, acr_values, scope, claims and resource must have at most 4096 characters in "
                    + "total."
            )
            : null;
    }

    /// <summary>What the request demands of the login and of its tokens.</summary>
    private static (string Error, string Description)? RefusalOfDemands(OidcClient client, OpenIddictRequest request)
    {
        var claims = RequestedClaims.Of(request);
        if (claims.Fault is { } fault)
        {
            return (OAuthError.InvalidRequest, fault);
        }

        if (claims.IsAcrEssential && !claims.AcrValues.IsEmpty && AcrValues(request).IsEmpty)
        {
            return (UnmetRequirements, "None of the levels (acr) that the claims demand is known.");
        }

        if (!ResourceIndicators.AreOf(client, ResourceIndicators.Of(client, request)))
        {
            return (OAuthError.InvalidTarget, "A resource is not registered for this client.");
        }

        var isNoNumber = request.MaxAge is null && (string?)request[Parameters.MaxAge] is { Length: > 0 };
        return isNoNumber || request.MaxAge is < 0 or > MaxAge
            ? (OAuthError.InvalidRequest, "The max_age must be 0 to 315360000 seconds.")
            : null;
    }
}
