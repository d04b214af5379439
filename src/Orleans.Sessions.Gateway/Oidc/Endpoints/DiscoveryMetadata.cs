using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Oidc.Demands;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Adds to discovery what OpenIddict does not know. Also writes the issuer as ZITADEL clients know it, without a trailing slash, in
/// discovery and in authorization errors.
/// </summary>
internal sealed class DiscoveryMetadata(
    PublicOrigin origin,
    PresentedCertificates certificates,
    IOptions<PresentationOptions> presentation,
    IOptions<OidcProviderOptions> options,
    IOptions<MutualTlsOptions> mutualTls
)
    : IOpenIddictServerHandler<HandleConfigurationRequestContext>,
        IOpenIddictServerHandler<ApplyConfigurationResponseContext>,
        IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    private static readonly string[] s_claims =
    [
        Claims.Subject,
        Claims.Issuer,
        Claims.Audience,
        Claims.ExpiresAt,
        Claims.IssuedAt,
        Claims.AuthenticationTime,
        Claims.Nonce,
        "sid",
        "at_hash",
        Claims.AuthenticationContextReference,
        Claims.AuthenticationMethodReference,
        Claims.AuthorizedParty,
        .. RequestedClaims.OfPerson,
    ];

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.Scopes.Clear();
        context.Scopes.UnionWith(OidcScopes.Advertised);
        context.Claims.UnionWith(s_claims);
        context.Metadata["acr_values_supported"] = ImmutableArray.Create<string?>(
            AuthenticationContext.Aal1,
            AuthenticationContext.Aal2,
            AuthenticationContext.PhishingResistant,
            AuthenticationContext.Aal3
        );
        AddAlgorithms(context);
        AddClientAuthentication(context);
        AddMutualTls(context);
        AddPresentation(context);
        if (options.Value.AllowRegistration)
        {
            context.Metadata["registration_endpoint"] = $"{origin.Of(context.Transaction.GetHttpRequest()!)}/{OidcPaths.Register}";
        }

        if (options.Value.SessionManagement)
        {
            context.Metadata["check_session_iframe"] = $"{origin.Of(context.Transaction.GetHttpRequest()!)}/{OidcPaths.CheckSession}";
        }

        context.Metadata["backchannel_logout_supported"] = true;
        context.Metadata["backchannel_logout_session_supported"] = true;
        context.Metadata["frontchannel_logout_supported"] = true;
        context.Metadata["frontchannel_logout_session_supported"] = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyConfigurationResponseContext context)
    {
        if (context.Response["issuer"] is not null)
        {
            context.Response["issuer"] = origin.Of(context.Transaction.GetHttpRequest()!);
            context.Response["claims_parameter_supported"] = true;
            context.Response["request_parameter_supported"] = true;
        }

        // These members are not registered. The endpoints accept what the token endpoint accepts.
        context.Response.RemoveParameter("device_authorization_endpoint_auth_methods_supported");
        context.Response.RemoveParameter("pushed_authorization_request_endpoint_auth_methods_supported");

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Response.Iss is not null)
        {
            context.Response.Iss = origin.Of(context.Transaction.GetHttpRequest()!);
        }

        return ValueTask.CompletedTask;
    }

    private static void AddAlgorithms(HandleConfigurationRequestContext context)
    {
        // The algorithms of the published keys are there already. RS256 always is (OpenID Connect Discovery 1.0 §3).
        context.IdTokenSigningAlgorithms.Add(Algorithms.RsaSha256);
        var algorithms = ImmutableArray.CreateRange<string?>(context.IdTokenSigningAlgorithms);
        context.Metadata["userinfo_signing_alg_values_supported"] = algorithms;
        context.Metadata["introspection_signing_alg_values_supported"] = algorithms;
        context.Metadata["request_object_signing_alg_values_supported"] = SignatureAlgorithms.Accepted.CastArray<string?>();
        context.Metadata["require_signed_request_object"] = false;
        context.Metadata["dpop_signing_alg_values_supported"] = ImmutableArray.CreateRange<string?>(DpopChallenge.Algorithms.Split(' '));
    }

    /// <summary>How clients authenticate at each endpoint.</summary>
    private void AddClientAuthentication(HandleConfigurationRequestContext context)
    {
        foreach (
            var (endpoint, methods) in new[]
            {
                ("token", context.TokenEndpointAuthenticationMethods),
                ("revocation", context.RevocationEndpointAuthenticationMethods),
                ("introspection", context.IntrospectionEndpointAuthenticationMethods),
            }
        )
        {
            // Some clients take the first one.
            methods.Clear();
            methods.UnionWith([
                ClientAuthenticationMethods.ClientSecretBasic,
                ClientAuthenticationMethods.ClientSecretPost,
                ClientAuthenticationMethods.PrivateKeyJwt,
            ]);
            if (certificates.IsOn)
            {
                methods.UnionWith([CertificateMethods.OfAuthority, CertificateMethods.SelfSigned]);
            }

            // Public clients may call every endpoint but introspection.
            if (endpoint != "introspection")
            {
                methods.Add("none");
            }

            // Endpoints that accept assertions must name the algorithms (RFC 8414 §2).
            context.Metadata[$"{endpoint}_endpoint_auth_signing_alg_values_supported"] = SignatureAlgorithms.Accepted.CastArray<string?>();
        }
    }

    /// <summary>Clients with certificates may have to call another address, at which the server asks for them (RFC 8705 §5).</summary>
    private void AddMutualTls(HandleConfigurationRequestContext context)
    {
        if (!certificates.IsOn)
        {
            return;
        }

        context.Metadata["tls_client_certificate_bound_access_tokens"] = true;
        if (mutualTls.Value.Address is not { } address)
        {
            return;
        }

        var aliases = new JsonObject();
        foreach (
            var (name, path) in new[]
            {
                ("token_endpoint", OidcPaths.Token),
                ("revocation_endpoint", OidcPaths.Revoke),
                ("introspection_endpoint", OidcPaths.Introspect),
                ("device_authorization_endpoint", OidcPaths.DeviceAuthorization),
                ("pushed_authorization_request_endpoint", OidcPaths.PushedRequests),
                ("userinfo_endpoint", OidcPaths.UserInfo),
            }
        )
        {
            aliases[name] = $"{address.GetLeftPart(UriPartial.Authority)}/{path}";
        }

        using var document = JsonDocument.Parse(aliases.ToJsonString());
        context.Metadata["mtls_endpoint_aliases"] = document.RootElement.Clone();
    }

    /// <summary>What the login pages show: languages and legal texts.</summary>
    private void AddPresentation(HandleConfigurationRequestContext context)
    {
        context.Metadata["ui_locales_supported"] = ImmutableArray.CreateRange<string?>(presentation.Value.OfferedLanguages);
        if (presentation.Value.PrivacyPolicyLink is { Length: > 0 } policy)
        {
            context.Metadata["op_policy_uri"] = policy;
        }

        if (presentation.Value.TermsOfServiceLink is { Length: > 0 } terms)
        {
            context.Metadata["op_tos_uri"] = terms;
        }
    }
}
